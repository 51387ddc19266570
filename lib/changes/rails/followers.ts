import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { MemberReference, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";

type Judged = Pick<PlannedOperation, "state" | "reason">;

/**
 * Refuses or holds the lines that depend on a refused or held line, and no others: a block of members loses only
 * those whose own line is not planned. Lines come after those they depend on.
 */
export function followOthers(operations: readonly PlannedOperation[]): PlannedOperation[] {
  const aside = new Map<string, Judged>();
  const followed: PlannedOperation[] = [];
  for (const operation of operations) {
    const results = operation.dependsOn.length === 0 ? [operation] : follow(operation, aside);
    for (const result of results) {
      if (result.state !== "planned") aside.set(result.key, { state: result.state, reason: result.reason });
      followed.push(result);
    }
  }
  return judgeGroups(followed);
}

/** A line follows its dependency: refused after a refused one, held after a held one. */
function follow(operation: PlannedOperation, aside: ReadonlyMap<string, Judged>): PlannedOperation[] {
  if (operation.state !== "planned" || !operation.dependsOn.some((key) => aside.has(key))) return [operation];
  const { intent } = operation;
  if ("members" in intent && intent.members.length > 1) return splitBlock(operation, intent.members, aside);
  const judged = operation.dependsOn.flatMap((key) => aside.get(key) ?? []);
  const refused = judged.some(({ state }) => state === "skipped");
  if (refused) return [{ ...operation, state: "skipped", reason: "dependency-failed" }];
  return [{ ...operation, state: "held", reason: judged[0]?.reason ?? null }];
}

/** Splits a block into up to three: planned members, those held with their own line, and those refused with it. */
function splitBlock(
  operation: PlannedOperation,
  members: readonly MemberReference[],
  aside: ReadonlyMap<string, Judged>,
): PlannedOperation[] {
  const personKeys = new Set(
    members.flatMap((member) => ("operationKey" in member ? [member.operationKey] : [])),
  );
  const groupKeys = operation.dependsOn.filter((key) => !personKeys.has(key));
  const fateOf = (member: MemberReference) =>
    ("operationKey" in member ? aside.get(member.operationKey)?.state : undefined) ?? "planned";
  const reason = members.flatMap((member) => {
    const judged = "operationKey" in member ? aside.get(member.operationKey) : undefined;
    return judged?.state === "held" && judged.reason ? [judged.reason] : [];
  })[0];
  return (["planned", "held", "skipped"] as const).flatMap((state) => {
    const places = members.flatMap((member, index) => (fateOf(member) === state ? [index] : []));
    if (places.length === 0) return [];
    const part = takePart(operation, members, places, groupKeys);
    if (state === "planned") return follow({ ...part, key: operation.key }, groupsOnly(aside, groupKeys));
    const code: CatalogueCode | null = state === "held" ? (reason ?? null) : "dependency-failed";
    return [{ ...part, key: `${operation.key}:${state}`, state, reason: code }];
  });
}

function groupsOnly(aside: ReadonlyMap<string, Judged>, keys: readonly string[]): Map<string, Judged> {
  return new Map(
    keys.flatMap((key) => {
      const judged = aside.get(key);
      return judged ? [[key, judged] as const] : [];
    }),
  );
}

function takePart(
  operation: PlannedOperation,
  members: readonly MemberReference[],
  places: readonly number[],
  groupKeys: readonly string[],
): PlannedOperation {
  const taken = places.flatMap((place) => members[place] ?? []);
  const persons = taken.flatMap((member) => ("operationKey" in member ? [member.operationKey] : []));
  return {
    ...operation,
    label:
      places.length === 1
        ? (operation.diff[places[0] ?? 0]?.after ?? operation.label)
        : `${places.length} people`,
    intent: { ...operation.intent, members: taken } as PlannedOperation["intent"],
    diff: places.flatMap((place) => operation.diff[place] ?? []),
    dependsOn: [...persons, ...groupKeys],
  };
}

/**
 * A group without remaining members is not created: it would be empty. If only held members join it, it is held with
 * them.
 */
function judgeGroups(operations: readonly PlannedOperation[]): PlannedOperation[] {
  if (!operations.some(({ kind }) => kind === "group_create")) return [...operations];
  const wanted = new Set<string>();
  const held = new Map<string, CatalogueCode | null>();
  for (const { state, reason, dependsOn } of operations) {
    if (state === "planned") for (const key of dependsOn) wanted.add(key);
    if (state === "held") for (const key of dependsOn) held.set(key, reason);
  }
  return operations.map((operation) => {
    if (operation.kind !== "group_create" || operation.state !== "planned" || wanted.has(operation.key))
      return operation;
    const reason = held.get(operation.key);
    return reason === undefined
      ? { ...operation, state: "skipped", reason: "dependency-failed" }
      : { ...operation, state: "held", reason };
  });
}

/** A line that another change holds is not held twice: a sync would add it every 40 minutes. */
export function leaveOutHeldElsewhere(
  operations: PlannedOperation[],
  { roster }: Pick<TenantFacts, "roster">,
): PlannedOperation[] {
  const held = roster?.heldElsewhere;
  if (!held || held.size === 0) return operations;
  return operations.map((operation) =>
    operation.state === "held" && held.has(`${operation.kind} ${operation.resourceKey}`)
      ? { ...operation, state: "skipped", why: `${operation.why}; already held in another change` }
      : operation,
  );
}
