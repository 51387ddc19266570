import { toNameKey } from "@/lib/scim/filter";
import type { ScimList, ScimResource } from "@/lib/scim/wire";

/** What a lookup by name came to. Two hits are never a guess: the caller stops for a decision. */
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
 * The resources of a filtered list whose attribute is the name asked for, as `toNameKey` compares. Servers differ
 * in case and some ignore the filter, so the server's choice is checked. Null when that leaves none although
 * there was more than the page showed: then "there is none" would be a guess.
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
