import "server-only";
import { storedActions } from "@/lib/audit/log/renamed-actions";
import type { Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import type { Transaction } from "@/lib/db/transaction";
import { applyInTransaction } from "@/lib/changes/apply/apply-in-transaction";
import { readFacts } from "@/lib/changes/plan/facts";
import type { Intent } from "@/lib/changes/model/intent";
import { makePlan } from "@/lib/changes/plan/plan";
import { planInTransaction } from "@/lib/changes/plan/plan-in-transaction";
import { hashPlan } from "@/lib/changes/plan/plan-hash";
import type { Plan } from "@/lib/changes/model/plan-types";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";

/**
 * How a tenant's sync ended. read: the directory was read and nothing else was due. in-step: it matches the roster.
 * applied and held: a change was made. unchanged: an earlier sync's plan is the same and still counts. busy: another
 * change is under way, or not visible yet.
 */
export type Reconciled = {
  result: "read" | "in-step" | "applied" | "held" | "unchanged" | "busy" | "failed";
  changeId?: string;
  detail?: string;
};

type ReconcileRequest = { tenantId: string; reconciledBy: string };

/**
 * Brings a tenant in line with its roster, within the rails: plans in the name of the operator who enabled it, and
 * applies at once. A plan without lines leaves no change behind.
 *
 * While a change is under way the mirror does not show its effect, and a plan would repeat it; a later sync plans.
 * For the same reason a plan of an earlier sync that had no effect, because KnowBe4 refused it or a rail holds it, is
 * repeated after a day at the earliest, or when somebody has requested a sync since: they may have removed the cause.
 */
export async function reconcileIn(tx: Transaction, scope: Scope, ask: ReconcileRequest): Promise<Reconciled> {
  const { tenantId, reconciledBy } = ask;
  if (!(await mayReconcile(tx, scope, ask))) return { result: "read", detail: MAY_NOT };
  if (await isBusy(tx, tenantId)) return { result: "busy" };
  const intent: Intent = { kind: "reconcile", tenantIds: [tenantId] };
  const facts = await readFacts(tx, intent);
  const plan = makePlan(intent, facts.tenants, facts.owners, facts.fleet);
  if (countOf(plan, "planned") + countOf(plan, "held") === 0) return { result: "in-step" };
  const earlier = await findEarlier(tx, tenantId, hashPlan(plan));
  if (earlier) return { result: "unchanged", changeId: earlier };
  const { changeId, planHash, lines } = await planInTransaction(
    tx,
    scope,
    { intent, reason: "Scheduled sync: the roster is applied automatically", ticket: null },
    reconciledBy,
  );
  if (lines.planned === 0) return { result: "held", changeId };
  await applyInTransaction(tx, scope, { changeId, planHash });
  return { result: "applied", changeId };
}

/**
 * The operator in whose name it runs may have left or lost the owner role; then tenants are only read, and an issue
 * says so.
 */
async function mayReconcile(
  tx: Transaction,
  scope: Scope,
  { tenantId, reconciledBy }: ReconcileRequest,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ may: boolean }[]>`
    SELECT coalesce(operator_may_touch(${reconciledBy}::uuid, ARRAY[${tenantId}::uuid]), false) AS may`;
  const issue = { tenantId, code: "schedule-missed", subject: "sync" } as const;
  if (row?.may) await resolveIssues(tx, scope, issue);
  else await openIssue(tx, scope, { ...issue, detail: MAY_NOT });
  return row?.may ?? false;
}

/**
 * Whether our writes are under way that a read does not show: a run that has not ended, or accepted writes that may
 * still become visible. An operation unseen for longer than the tenant's limit explains itself.
 */
async function isBusy(tx: Transaction, tenantId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isBusy: boolean }[]>`
    SELECT EXISTS (SELECT FROM run WHERE tenant_id = t.id AND state IN ${UNFINISHED_RUN})
        OR EXISTS (SELECT FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted'
                      AND o.accepted_at > now() - t.visible_in_minutes * interval '1 minute') AS "isBusy"
      FROM tenant t WHERE t.id = ${tenantId}::uuid`;
  return row?.isBusy ?? false;
}

async function findEarlier(tx: Transaction, tenantId: string, planHash: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM change c JOIN run r ON r.change_id = c.id AND r.tenant_id = ${tenantId}::uuid
     WHERE c.kind = 'reconcile' AND c.plan_hash = ${planHash} AND c.requested_at > now() - interval '24 hours'
       AND c.state <> 'expired'
       AND NOT EXISTS (SELECT FROM event e WHERE e.tenant_id = r.tenant_id AND e.action = ANY (${storedActions("tenant.sync_requested")}) AND e.at > c.requested_at)
     ORDER BY c.number DESC LIMIT 1`;
  return row?.id ?? null;
}

function countOf(plan: Plan, state: "planned" | "held"): number {
  return plan.runs.flatMap(({ operations }) => operations).filter((operation) => operation.state === state)
    .length;
}

const MAY_NOT =
  "The operator who switched on automatic applying may no longer act in this tenant. The tenant is still read. An owner can switch it on again.";
