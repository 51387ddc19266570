import { toNameKey } from "@/lib/scim/filter";
import type { ScimList, ScimResource } from "@/lib/scim/wire";

/** The result of a lookup by name. Two hits are never resolved by a guess: the caller stops for a decision. */
export type ScimMatch =
  | { found: "none" }
  | { found: "one"; resource: ScimResource }
  | { found: "many"; resources: readonly ScimResource[] };

export function toMatch(resources: readonly ScimResource[]): ScimMatch {
  const [first] = resources;
  if (!first) return { found: "none" };
  return resources.length === 1 ? { found: "one", resource: first } : { found: "many", resources };
}

/**
 * Filters a list to resources whose attribute equals the name under `toNameKey`. Servers differ in case and some
 * ignore the filter, so their choice is checked. Null when none is left although the server had more than the page
 * showed: "there is none" would be a guess.
 */
export function findMatches(list: ScimList, attribute: string, name: string): ScimResource[] | null {
  const key = toNameKey(name);
  const matches = list.resources.filter((resource) => {
    const value = resource[attribute];
    return typeof value === "string" && toNameKey(value) === key;
  });
  const isFilterIgnored = matches.length === 0 && list.totalResults > list.resources.length;
  return isFilterIgnored ? null : matches;
}
