import type { Listing, SourceName } from "@/lib/roster/model/types";

/**
 * A source of roster entries. It delivers people and says how far the delivery may be trusted (Listing's mark); the
 * overlay does the rest, and the planner sees only entries. Inbound SCIM, Microsoft Graph and Google would be further
 * implementations with their own names.
 */
export type Source = {
  readonly name: SourceName;
  deliver(): Promise<Listing>;
};
