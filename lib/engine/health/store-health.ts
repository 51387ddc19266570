import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import { LEASED_RUN } from "@/lib/db/state-lists";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction } from "@/lib/db/transaction";
import type { TakenRun } from "@/lib/engine/run/taken-run";
import type { HealthChange } from "@/lib/engine/health/circuit-breaker";
import { isTrialPassed, type HealthRecord } from "@/lib/tenants/health";
import { resolveIssues } from "@/lib/issues/open-issue";

type StoreRequest = {
  scope: Scope;
  run: { tenantId: string; credentialVersion?: number | null };
  verdict: HealthChange;
};

/**
 * Stores what drives, or exchanges outside of one, learned about their tenants for the next worker. Most have nothing
 * to store, and nothing is written. Results under a replaced token do not apply to the new one and are dropped. An
 * accepted operation ends a tenant's trial.
 */
export async function storeHealth(tx: SqlTransaction, requests: readonly StoreRequest[]): Promise<void> {
  const kept = requests.filter(({ verdict }) => verdict.record !== undefined);
  if (kept.length === 0) return;
  const rows = kept.map(({ run, verdict }) => ({
    id: run.tenantId,
    version: run.credentialVersion ?? null,
    record: verdict.record,
  }));
  const trials = await tx.$queryRaw<{ id: string; name: string }[]>`
    WITH written AS (
      UPDATE tenant t SET health_record = a.record, health_record_at = CASE WHEN a.record IS NOT NULL THEN now() END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS a(id uuid, version int, record jsonb)
       WHERE t.id = a.id AND (a.version IS NULL OR a.version = (
               SELECT max(c.version) FROM credential c WHERE c.tenant_id = t.id AND c.destroyed_at IS NULL))
      RETURNING t.id, t.name, t.state = 'healthy' AND t.quarantined_at IS NOT NULL AS is_on_trial)
    SELECT id, name FROM written WHERE is_on_trial`;
  for (const { scope, run, verdict } of kept) {
    const trial = trials.find(({ id }) => id === run.tenantId);
    const isPassed = verdict.kind !== "quarantine" && (!verdict.record || isTrialPassed(verdict.record));
    if (trial && isPassed) await endTrial(tx, scope, trial);
  }
}

async function endTrial(
  tx: SqlTransaction,
  scope: Scope,
  { id, name }: { id: string; name: string },
): Promise<void> {
  await tx.$executeRaw`UPDATE tenant SET quarantined_at = NULL, probes = 0 WHERE id = ${id}::uuid`;
  await resolveIssues(tx, scope, { tenantId: id, code: "failing-run", subject: "connection" });
  const before = { state: "quarantined", reason: "failing-run" };
  await appendEvent(tx, scope, {
    action: "tenant.recovered",
    tenantId: id,
    target: name,
    result: "ok",
    before,
  });
}

/**
 * Stores a drive's health record so far, in case its worker dies before the end. Called after each answer that is
 * trouble; all drives of this worker are written together, at most once a second.
 */
export function createHealthStore(
  run: TakenRun,
  record: () => HealthRecord | null | undefined,
): () => Promise<void> {
  let isAsked = false;
  return async () => {
    if (isAsked) return;
    isAsked = true;
    // A failed write is repeated with the next answer, or at the end of the drive.
    await storeInGroup({ run, record }).catch(() => undefined);
    isAsked = false;
  };
}

type Keeping = { run: TakenRun; record: () => HealthRecord | null | undefined };

const storeInGroup = groupCommit(keepBlock, { blockMax: 100, apartMs: 1_000 });

/** Writes only while the run is at this epoch. A locked tenant must not delay the others. */
async function keepBlock(requests: readonly Keeping[]): Promise<void[]> {
  const rows = requests.map(({ run, record }) => ({
    id: run.id,
    epoch: run.epoch,
    record: record() ?? null,
  }));
  await transaction(
    { tenants: requests.map(({ run }) => run.tenantId) },
    (tx) => tx.$executeRaw`
      WITH mine AS (
        SELECT t.id, a.record FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS a(id uuid, epoch int, record jsonb)
          JOIN run r ON r.id = a.id AND r.epoch = a.epoch AND r.state IN ${LEASED_RUN}
          JOIN tenant t ON t.id = r.tenant_id AND a.record IS NOT NULL
           FOR NO KEY UPDATE OF t SKIP LOCKED)
      UPDATE tenant SET health_record = mine.record, health_record_at = now() FROM mine WHERE tenant.id = mine.id`,
  );
  return requests.map(() => undefined);
}
