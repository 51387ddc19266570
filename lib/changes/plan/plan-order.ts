import { userNameKey } from "@/lib/knowbe4/user-name-key";
import type { PlannedOperation } from "@/lib/changes/model/plan-types";

/**
 * Orders creates so that managers come before the people they manage, because KnowBe4 links a manager by a known
 * address (Entra writes references in a second pass). Otherwise the order is kept; a cycle of managers is cut where
 * it is found.
 */
export function orderManagersFirst(creates: readonly PlannedOperation[]): PlannedOperation[] {
  const places = new Map<string, number>();
  for (const [place, { resourceKey }] of creates.entries()) places.set(resourceKey, place);
  const isListed = new Uint8Array(creates.length);
  const ordered: PlannedOperation[] = [];
  for (let place = 0; place < creates.length; place += 1) {
    // Go up to the highest manager who is not listed yet, then down again.
    const line: number[] = [];
    let next: number | undefined = place;
    while (next !== undefined && isListed[next] === 0) {
      isListed[next] = 1;
      line.push(next);
      next = placeOfManager(creates[next], places);
    }
    for (const at of line.reverse()) {
      const create = creates[at];
      if (create) ordered.push(create);
    }
  }
  return ordered;
}

function placeOfManager(
  create: PlannedOperation | undefined,
  places: ReadonlyMap<string, number>,
): number | undefined {
  const manager = create?.intent.kind === "create" ? create.intent.values.manager : undefined;
  return manager ? places.get(`user:${userNameKey(manager)}`) : undefined;
}
