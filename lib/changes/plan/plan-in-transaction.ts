import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { type PlanFacts, readFacts } from "@/lib/changes/plan/facts";
import { requireImport } from "@/lib/changes/plan/facts-roster";
import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import { recordChangeEvent } from "@/lib/changes/model/locked-change";
import { makePlan } from "@/lib/changes/plan/plan";
import { openHeldIssue } from "@/lib/changes/issues/held-issue";
import type { Plan } from "@/lib/changes/model/plan-types";
import { storePlan } from "@/lib/changes/plan/store-plan";
import { formatChangeNumber } from "@/lib/change-number";
import { type Named, titleOf } from "@/lib/changes/model/title";
import { unwatched, type Watch } from "@/lib/changes/model/watch";

/**
 * The time limit of a request's transaction that plans: 500 tenants take thousands of statements, and applying waits for
 * another plan that the same limits count (planAgain).
 */
export const PLANNING_MS = 180_000;

export type NewPlan = {
  intent: Intent;
  reason: string;
  ticket: string | null;
  /** The change that this one plans again; undo and retry name theirs in the intent. */
  parentId?: string;
  /** The change that waits for this plan; by default a new one. */
  changeId?: string;
  watch?: Watch;
};

export type PlannedChange = {
  changeId: string;
  number: number;
  /** Empty while a worker has to make the plan. */
  planHash: string;
  /** The plan's lines by state. */
  lines: { planned: number; held: number; skipped: number };
};

/**
 * Records an intent and its plan in the caller's transaction. Nothing is sent. Held lines open one issue.
 * @param requestedById the operator in whose name it is planned; they can never approve its held lines.
 * @throws AppError not-found when a tenant, a file or a change of the intent is outside the scope.
 */
export async function planInTransaction(
  tx: Transaction,
  scope: Scope,
  input: NewPlan,
  requestedById: string,
): Promise<PlannedChange> {
  const { intent, reason, ticket, changeId, watch = unwatched } = input;
  const facts = await readFacts(tx, intent, null, watch);
  await watch("comparing", 0, 0);
  const plan = makePlan(intent, facts.tenants, facts.owners, facts.fleet);
  const title = titleOf(intent, await namesOf(tx, intent, plan, facts));
  const tenantIds = tenantIdsOf(intent);
  const requested = { intent, title, reason, ticket, tenantIds, requestedById, ...toOrigin(input) };
  const warnings = plan.runs.flatMap((run) => run.warnings ?? []);
  const readIds = await readIdsOf(tx, tenantIds);
  const stored = await storePlan(tx, scope, { ...requested, changeId, watch, warnings, readIds }, plan);
  await inheritAuthors(tx, { of: input.parentId, heir: stored.changeId });
  const told = {
    id: stored.changeId,
    number: stored.number,
    title,
    planHash: stored.planHash,
    reason,
    ticket,
  };
  await recordChangeEvent(tx, scope, told, { action: "change.planned", tenantIds });
  await openHeldIssue(tx, scope, told, plan);
  return { ...stored, lines: countLines(plan) };
}

/** A plan that is made again keeps the authors of the one that it replaces. */
export async function inheritAuthors(
  tx: Transaction,
  { of, heir }: { of: string | undefined; heir: string },
): Promise<void> {
  if (of !== undefined) await tx.$executeRaw`SELECT inherit_authors(${of}::uuid, ${heir}::uuid)`;
}

/** The change and the file that a change came from. */
export function toOrigin({ intent, parentId }: Pick<NewPlan, "intent" | "parentId">) {
  return {
    parentId: "changeId" in intent ? intent.changeId : (parentId ?? null),
    importId: intent.kind === "import" ? intent.importId : null,
  };
}

/** The names for a change's title. */
async function namesOf(tx: Transaction, intent: Intent, plan: Plan, facts: PlanFacts): Promise<Named[]> {
  if (!("accounts" in intent)) return namesOfSource(tx, intent);
  const names = plan.runs.flatMap(({ tenantId, operations }) =>
    operations
      .filter(({ resourceKey }) => resourceKey.startsWith("user:"))
      .map(({ label }) => ({ tenantId, name: label })),
  );
  if (names.length > 0) return names;
  return facts.tenants.flatMap(({ id, accounts }) =>
    accounts.map(({ displayName }) => ({ tenantId: id, name: displayName })),
  );
}

/** The names for the title of a change whose intent names no people: they are known before there is a plan. */
export async function namesOfSource(
  tx: Transaction,
  intent: Exclude<Intent, { accounts: unknown }>,
): Promise<Named[]> {
  const about = (name: string) => ({ tenantId: null, name });
  if (intent.kind === "import") return [about((await requireImport(tx, intent)).fileName)];
  if (intent.kind === "reconcile") {
    const tenants = await tx.tenant.findMany({
      where: { id: { in: intent.tenantIds } },
      select: { name: true },
    });
    return tenants.map(({ name }) => about(name));
  }
  const change = await tx.change.findFirst({ where: { id: intent.changeId }, select: { number: true } });
  return change ? [about(formatChangeNumber(change.number))] : [];
}

async function readIdsOf(tx: Transaction, tenantIds: string[]): Promise<Map<string, string | null>> {
  const reads = await tx.tenant.findMany({
    where: { id: { in: tenantIds } },
    select: { id: true, readId: true },
  });
  return new Map(reads.map(({ id, readId }) => [id, readId]));
}

function countLines(plan: Plan): PlannedChange["lines"] {
  const lines = { planned: 0, held: 0, skipped: 0 };
  for (const { operations } of plan.runs) for (const { state } of operations) lines[state] += 1;
  return lines;
}
