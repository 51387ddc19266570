import type { Listing, SourceName } from "@/lib/roster/model/types";

/**
 * Where a roster comes from. It delivers whom it names and says how far that may be trusted (Listing's mark); the
 * overlay does the rest, and the planner sees entries alone. Inbound SCIM, Microsoft Graph and Google are further
 * implementations of this, with names of their own.
 */
export type Source = {
  readonly name: SourceName;
  deliver(): Promise<Listing>;
};
