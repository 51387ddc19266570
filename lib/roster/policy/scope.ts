import { isMet } from "@/lib/roster/policy/condition";
import type { PersonView } from "@/lib/roster/model/person-view";
import type { Scoping } from "@/lib/roster/policy/policy";

/**
 * Whether a person is in the tenant's scope: every condition of at least one clause holds; without clauses always.
 */
export function isInScope({ anyOf }: Scoping, person: PersonView): boolean {
  return anyOf.length === 0 || anyOf.some((clause) => clause.every((condition) => isMet(condition, person)));
}
