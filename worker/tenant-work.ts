import { type Scope, systemScope } from "@/lib/auth/scope";
import type { OpeningKeyring } from "@/lib/crypto/open";
import { createSemaphore } from "@/lib/db/semaphore";
import { transaction } from "@/lib/db/transaction";
import { requestRead } from "@/lib/directory/mutations";
import { failRead, isReadDue, readDirectory, takeRead, type TakenRead } from "@/lib/directory/read-directory";
import { recordReadingIssue } from "@/lib/directory/reading-issue";
import { recordUnclearAnswers } from "@/lib/directory/unclear-answers";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import { closeRuns } from "@/lib/engine/run/close-runs";
import { confirmByLooking, countDue, LOOKUPS_MAX, postponeConfirming } from "@/lib/engine/confirm/confirm";
import { confirmFromRead } from "@/lib/engine/confirm/confirm-from-read";
import { explainUnseen } from "@/lib/engine/confirm/explain-unseen";
import { probeHalfOpen } from "@/lib/engine/health/half-open-probe";
import { judgeDrift } from "@/lib/engine/drift/judge-drift";
import { runTenant } from "@/lib/engine/run-tenant";
import { syncTenant } from "@/lib/changes/steering/sync-tenant";
import { recordFailure, recordSuccess } from "@/lib/engine/health/record-health";
import { openTenant } from "@/lib/tenants/connect";
import { resolveIssuesOfTenant } from "@/lib/issues/open-issue";
import { type OpenTenant, TenantClosedError } from "@/lib/tenants/open-tenant";
import { probeQuarantined, probeTenant } from "@/lib/engine/health/probe-tenant";
import { findStanding, type Standing } from "@/lib/tenants/standing";
import type { TenantState } from "@/lib/tenants/types";

export type WorkerContext = {
  /** Names this process in runs and logs. */
  worker: string;
  keyring: OpeningKeyring;
  /** Aborts when the process ends. */
  stop: AbortSignal;
  /** Aborts when something new is due in the tenant. */
  woken: AbortSignal;
};

/**
 * Does everything that is due in one tenant: a probe after connecting, in quarantine or before a breaker closes, its
 * sync, a read, its runs, and reading back accepted operations. One after the other, so that the mirror never changes
 * under a read. Newly due work interrupts the reading back and follows at once (worker/tenant-pool.ts).
 */
export async function workTenant(context: WorkerContext, tenantId: string): Promise<void> {
  const scope = systemScope("worker", [tenantId]);
  const open = (id: string): Promise<OpenTenant> => openTenant(scope, context.keyring, id);
  const standing = await findStanding(tenantId);
  if (standing?.state === "disconnected") return closeTenant(scope, tenantId);
  if (!standing || !(await isReady(scope, standing, open, context.stop))) return;
  await syncTenant(systemScope("sync", [tenantId]), tenantId);
  if (await isReadDue(scope, tenantId)) {
    await inTurn(() => readIfDue(scope, tenantId, open, context.stop), context.woken);
  }
  await runTenant(scope, tenantId, { worker: context.worker, open, stop: context.stop });
  await confirmIfDue(scope, tenantId, open, context);
}

type Open = (tenantId: string) => Promise<OpenTenant>;

const probes: Partial<Record<TenantState, typeof probeTenant>> = {
  connecting: probeTenant,
  quarantined: probeQuarantined,
};

/**
 * Whether the tenant is ready for work, after the probe that its standing requires. A tenant that became healthy is
 * read again.
 */
async function isReady(
  scope: Scope,
  { id: tenantId, state, failures }: Standing,
  open: Open,
  stop: AbortSignal,
): Promise<boolean> {
  if (state === "healthy" && failures < BREAKER_FAILURES) return true;
  if (state === "healthy") return probeHalfOpen(scope, tenantId, open, stop);
  const probe = probes[state];
  if (!probe || !(await probe(scope, tenantId, open, stop))) return false;
  await requestRead(scope, { tenantId });
  return true;
}

/**
 * Concurrent full reads: each holds its directory in memory and fills the mirror in one transaction. When 500
 * runs ended together and all were read back, unlimited readings delayed the end of the last by 8 s. A tenant gives
 * up its turn when something new is due there: a change must not wait for 500 tenants' readings.
 */
const READS_MAX = 8;
const inTurn = createSemaphore(READS_MAX);

/** Ends open work and resolves the issues of a disconnected tenant. */
async function closeTenant(scope: Scope, tenantId: string): Promise<void> {
  await closeRuns(scope, tenantId);
  await transaction(scope, (tx) => resolveIssuesOfTenant(tx, scope, { tenantId }));
}

async function readIfDue(scope: Scope, tenantId: string, open: Open, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const read = await takeRead(scope, tenantId);
  if (!read) return;
  const tenant = await openOrRecord(scope, tenantId, open);
  if (!tenant) return failRead(scope, read, "no-token");
  const end = await readAndClose(scope, read, tenant, stop);
  if (end.state === "complete") {
    await recordSuccess(scope, tenantId);
    await confirmFromRead(scope, tenantId, end.whole);
    await recordUnclearAnswers(scope, tenantId, end.whole);
    await judge(scope, tenantId);
  }
  if (end.state === "failed") await recordFailure(scope, tenantId, end.error);
  if (end.state !== "interrupted") await recordReadingIssue(scope, tenantId);
}

async function readAndClose(scope: Scope, read: TakenRead, tenant: OpenTenant, stop: AbortSignal) {
  try {
    return await readDirectory(scope, read, tenant.client, stop);
  } finally {
    await tenant.close();
  }
}

/** Judges what a reading or lookup showed besides what it was for: others' changes, and what is still not visible. */
async function judge(scope: Scope, tenantId: string): Promise<void> {
  await judgeDrift(scope, tenantId);
  await explainUnseen(scope, tenantId);
}

async function confirmIfDue(
  scope: Scope,
  tenantId: string,
  open: Open,
  { stop, woken }: WorkerContext,
): Promise<void> {
  const due = stop.aborted ? 0 : await countDue(scope, tenantId);
  if (due === 0) return;
  if (due > LOOKUPS_MAX) {
    await inTurn(async () => {
      await requestRead(scope, { tenantId });
      await readIfDue(scope, tenantId, open, stop);
    }, woken);
    return;
  }
  if (await look(scope, tenantId, open, { stop, woken })) await judge(scope, tenantId);
}

/**
 * Looks up the few due operations, one by one.
 * @returns whether they were seen or found missing.
 */
async function look(
  scope: Scope,
  tenantId: string,
  open: Open,
  signals: Pick<WorkerContext, "stop" | "woken">,
): Promise<boolean> {
  const tenant = await openOrRecord(scope, tenantId, open);
  if (!tenant) return false;
  try {
    await confirmByLooking(scope, tenantId, tenant.client, signals);
    await recordSuccess(scope, tenantId);
    return true;
  } catch (error) {
    if (signals.stop.aborted) return false;
    await postponeConfirming(scope, tenantId);
    await recordFailure(scope, tenantId, error);
    return false;
  } finally {
    await tenant.close();
  }
}

async function openOrRecord(scope: Scope, tenantId: string, open: Open): Promise<OpenTenant | null> {
  try {
    return await open(tenantId);
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    await recordFailure(scope, tenantId, error);
    return null;
  }
}
