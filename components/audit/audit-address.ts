import type { AuditQuery } from "@/lib/audit/loaders";
import { ANY } from "@/lib/audit/schema";

const NAMES = ["tenantId", "changeId", "actorId", "action", "text", "from", "to", "before", "event"] as const;

type AuditName = (typeof NAMES)[number];

/** The query's value for a name; undefined if empty. */
export function readQuery(query: AuditQuery, name: AuditName): string | undefined {
  const value = [query[name]].flat()[0];
  return value === undefined || value === "" || value === ANY ? undefined : value;
}

/** The URL of the audit screen with some parameters changed; null removes one. */
export function toAuditHref(
  query: AuditQuery,
  changes: Partial<Record<AuditName, string | number | null>>,
): string {
  const next = new URLSearchParams();
  for (const name of NAMES) {
    const value = name in changes ? changes[name] : readQuery(query, name);
    if (value !== null && value !== undefined) next.set(name, String(value));
  }
  return next.size === 0 ? "/audit" : `/audit?${next}`;
}

/** The export's filter: the page's filter without the cursor and the open event. */
export function toExportQuery(query: AuditQuery): Record<string, string | undefined> {
  const filters = NAMES.filter((name) => name !== "before" && name !== "event");
  return Object.fromEntries(filters.map((name) => [name, readQuery(query, name)]));
}

/** True if a filter is set. */
export function isFiltered(query: AuditQuery): boolean {
  return NAMES.some((name) => name !== "before" && name !== "event" && readQuery(query, name) !== undefined);
}
