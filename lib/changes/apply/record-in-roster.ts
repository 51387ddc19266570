import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { readAccounts } from "@/lib/changes/plan/facts-directory";
import type { LockedChange } from "@/lib/changes/model/locked-change";
import type { Plan, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import type { StoredIntent, StoredMember } from "@/lib/changes/model/stored-intent";
import type { OperatorDecision } from "@/lib/roster/entries/decide";
import { isDoubtful } from "@/lib/changes/rails/source";
import { recordAbsences } from "@/lib/roster/entries/record-absences";
import { recordDecisions, recordListing } from "@/lib/roster/entries/record-entries";

/** A plan, the facts it was made from, and the states of the lines to apply; held lines are not decided yet. */
type AppliedPlan = {
  plan: Plan;
  tenants: readonly TenantFacts[];
  states: readonly PlannedOperation["state"][];
};

/**
 * Records in the roster what a change decided, in the transaction that applies it: the people of a file, the accounts
 * found for entries, and an operator's decisions about single people. A tenant that the plan refuses records nothing.
 */
export async function recordInRoster(
  tx: Transaction,
  scope: Scope,
  change: Pick<LockedChange, "id" | "intent">,
  { plan, tenants, states }: AppliedPlan,
): Promise<void> {
  const { id: changeId, intent } = change;
  const facts = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  for (const { tenantId, refusal, operations, links = [] } of plan.runs) {
    if (refusal) continue;
    const applied = operations.filter(({ state }) => states.includes(state));
    if (intent.kind === "import") {
      const listing = facts.get(tenantId)?.roster?.listing ?? null;
      const marksAbsence = listing !== null && !isDoubtful(listing);
      await recordListing(tx, scope, { tenantId, importId: intent.importId, changeId, marksAbsence });
      await recordReleased(tx, scope, { tenantId, changeId, lines: applied.filter(isHeld) });
    }
    const isRoster = intent.kind === "import" || intent.kind === "reconcile";
    const people = isRoster ? links : toDecisions(applied, facts.get(tenantId)?.accounts ?? []);
    if (people.length > 0) await recordDecisions(tx, scope, { tenantId, changeId, people });
  }
}

/** Records held lines of an applied change once they are approved: they were not decided with the rest. */
export async function recordHeldInRoster(
  tx: Transaction,
  scope: Scope,
  { id: changeId, intent: { kind } }: Pick<LockedChange, "id" | "intent">,
): Promise<void> {
  if (kind === "reconcile") return;
  const rows = await tx.$queryRaw<HeldRow[]>`
    SELECT id AS key, tenant_id AS "tenantId", target, resource_id AS "resourceId", intent
      FROM operation WHERE change_id = ${changeId}::uuid AND state = 'held' ORDER BY seq`;
  for (const [tenantId, held] of Map.groupBy(rows, (row) => row.tenantId)) {
    if (kind === "import") {
      await recordReleased(tx, scope, { tenantId, changeId, lines: held });
      continue;
    }
    const operations = held.map((row) => ({ ...row, intent: toPlannedIntent(row.intent) }));
    const accounts = await readAccounts(tx, tenantId, {
      keys: [],
      resourceIds: operations.flatMap(toResourceIds),
      externalIds: [],
    });
    const people = toDecisions(operations, accounts);
    if (people.length > 0) await recordDecisions(tx, scope, { tenantId, changeId, people });
  }
}

/** A file's archives are held because the people are missing from it; approving them confirms that they left. */
async function recordReleased(
  tx: Transaction,
  scope: Scope,
  { tenantId, changeId, lines }: { tenantId: string; changeId: string; lines: readonly ReleasedLine[] },
): Promise<void> {
  const people = lines
    .filter(({ intent }) => intent.kind === "archive")
    .map(({ target, resourceId }) => ({ userName: target, resourceId }));
  if (people.length > 0) await recordAbsences(tx, scope, { tenantId, changeId, people });
}

type ReleasedLine = { target: string; resourceId: string | null; intent: { kind: string } };

function isHeld({ state }: PlannedOperation): boolean {
  return state === "held";
}

type HeldRow = Omit<DecidingLine, "intent"> & { tenantId: string; intent: StoredIntent };

function toPlannedIntent(intent: StoredIntent): PlannedOperation["intent"] {
  if (!("members" in intent)) return intent;
  const members = intent.members.map((member: StoredMember) =>
    "operationId" in member ? { operationKey: member.operationId } : member,
  );
  return { ...intent, members };
}

function toResourceIds({ resourceId, intent }: DecidingLine): string[] {
  if (!("members" in intent)) return resourceId === null ? [] : [resourceId];
  return intent.members.flatMap((member) => ("resourceId" in member ? [member.resourceId] : []));
}

type DecidingLine = Pick<PlannedOperation, "key" | "target" | "resourceId" | "intent">;

type Deciding = OperatorDecision & {
  joins: string[];
  leaves: string[];
  fields: Record<string, string | null>;
};

/** Combines the lines of a plan into one decision per person. */
function toDecisions(
  operations: readonly DecidingLine[],
  accounts: TenantFacts["accounts"],
): OperatorDecision[] {
  const names = new Map(accounts.map(({ resourceId, userName }) => [resourceId, userName]));
  const targets = new Map(operations.map(({ key, target }) => [key, target]));
  const people = new Map<string, Deciding>();
  const decisionOf = (userName: string, resourceId: string | null): Deciding => {
    const decision = people.get(userName) ?? { userName, resourceId, joins: [], leaves: [], fields: {} };
    people.set(userName, decision);
    return decision;
  };
  for (const { intent, target, resourceId } of operations) {
    if (intent.kind === "group_create") continue;
    if (!("members" in intent)) {
      const known = resourceId === null ? undefined : names.get(resourceId);
      decide(decisionOf(intent.kind === "create" ? target : (known ?? target), resourceId), intent);
      continue;
    }
    for (const member of intent.members) {
      const isNew = "operationKey" in member;
      const userName = isNew ? targets.get(member.operationKey) : names.get(member.resourceId);
      if (userName === undefined) continue;
      const decision = decisionOf(userName, isNew ? null : member.resourceId);
      (intent.kind === "members_add" ? decision.joins : decision.leaves).push(intent.displayName);
    }
  }
  return [...people.values()];
}

type PersonIntent = Exclude<PlannedOperation["intent"], { members: unknown } | { kind: "group_create" }>;

function decide(decision: Deciding, intent: PersonIntent): void {
  switch (intent.kind) {
    case "create":
      Object.assign(decision, { active: true });
      Object.assign(decision.fields, intent.values);
      return;
    case "update":
      Object.assign(decision.fields, intent.changes);
      return;
    case "archive":
      Object.assign(decision, { active: false });
      return;
    case "link":
    case "restore":
      Object.assign(decision, { active: true });
  }
}
