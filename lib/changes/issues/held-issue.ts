import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { codesCuredBy } from "@/lib/knowbe4/cured-by";
import type { Plan } from "@/lib/changes/model/plan-types";
import { formatChangeNumber } from "@/lib/change-number";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

/** The reasons for which rails hold lines. */
const heldCodes: readonly CatalogueCode[] = codesCuredBy("approval");

/** The time limit of one round: ending a change of 100,000 lines takes some seconds, and several may expire together. */
const EXPIRING_MS = 120_000;

/** The most changes that one round expires. */
const EXPIRED_MAX = 20;

type Named = { id: string; number: number; title: string };

/**
 * Opens one issue for everything that a plan holds, named after the first reason and the change. It belongs to the
 * first tenant with held lines and does not mention the others.
 */
export async function openHeldIssue(tx: Transaction, scope: Scope, change: Named, plan: Plan): Promise<void> {
  const run = plan.runs.find(({ operations }) => operations.some(({ state }) => state === "held"));
  const held = run?.operations.filter(({ state }) => state === "held") ?? [];
  const code = held[0]?.reason;
  if (!run || !code) return;
  await openIssue(tx, scope, {
    tenantId: run.tenantId,
    code,
    subject: formatChangeNumber(change.number),
    detail: `${change.title}: ${held.length} held. Another operator can approve ${held.length === 1 ? "it" : "them"} within a day.`,
    changeId: change.id,
  });
}

/** Resolves the issue of a change's held lines: they were approved, cancelled or expired. */
export async function resolveHeldIssues(
  tx: Transaction,
  scope: Scope,
  { id, number }: Pick<Named, "id" | "number">,
): Promise<void> {
  const subject = formatChangeNumber(number);
  const open = await tx.issue.findMany({
    where: { changeId: id, subject, state: "open", code: { in: [...heldCodes] } },
  });
  for (const { tenantId, code } of open) {
    await resolveIssues(tx, scope, { tenantId, code: code as CatalogueCode, subject });
  }
}

/**
 * Expires plans that nobody applied in time and held lines that nobody approved, and closes issues whose lines are no
 * longer held. Starts from open issues, so that years of operations are not read. The worker's sweep calls it; an
 * expired plan is refused in any case.
 * @returns the number of changes it touched.
 */
export async function expirePlans(scope: Scope): Promise<number> {
  requireSystem(scope);
  const work = async (tx: Transaction) => {
    const changes = await tx.$queryRaw<{ id: string; number: number; state: string }[]>`
      SELECT c.id, c.number, c.state FROM change c
       WHERE (c.state IN ('ready', 'planning') AND c.expires_at <= now())
          OR (c.id IN (SELECT change_id FROM issue WHERE state = 'open' AND code = ANY (${[...heldCodes]}))
              AND c.state <> 'scheduled'
              AND (c.expires_at <= now()
                   OR NOT EXISTS (SELECT FROM operation o WHERE o.change_id = c.id AND o.state = 'held')))
       ORDER BY c.number LIMIT ${EXPIRED_MAX} FOR UPDATE OF c SKIP LOCKED`;
    for (const change of changes) {
      await endExpired(tx, change);
      await resolveHeldIssues(tx, scope, change);
    }
    return changes.length;
  };
  return transaction(scope, work, { timeoutMs: EXPIRING_MS });
}

async function endExpired(tx: Transaction, { id }: { id: string }): Promise<void> {
  const expired = await tx.$executeRaw`
    UPDATE change SET state = 'expired', finished_at = now()
     WHERE id = ${id}::uuid AND state IN ('ready', 'planning') AND expires_at <= now()`;
  await tx.$executeRaw`
    UPDATE operation o SET state = 'cancelled' FROM change c
     WHERE c.id = ${id}::uuid AND o.change_id = c.id AND c.expires_at <= now()
       AND (o.state = 'held' OR (o.state = 'planned' AND c.state = 'expired'))`;
  if (expired === 0) return;
  await tx.$executeRaw`DELETE FROM change_task WHERE change_id = ${id}::uuid`;
  await tx.$executeRaw`
    UPDATE run SET state = 'cancelled', finished_at = now() WHERE change_id = ${id}::uuid AND state = 'planned'`;
}
