import type { AuditQuery } from "@/lib/audit/loaders";
import { ANY } from "@/lib/audit/schema";

const NAMES = ["tenantId", "changeId", "actorId", "action", "text", "from", "to", "before", "event"] as const;

type AuditName = (typeof NAMES)[number];

/** The query's value of one name; undefined where it says nothing. */
export function readQuery(query: AuditQuery, name: AuditName): string | undefined {
  const value = [query[name]].flat()[0];
  return value === undefined || value === "" || value === ANY ? undefined : value;
}

/** The address of the audit screen with some of its state changed; null takes a name out. */
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

/** What the log's export is to let through: the filter, without the page and the open event. */
export function toExportQuery(query: AuditQuery): Record<string, string | undefined> {
  const filters = NAMES.filter((name) => name !== "before" && name !== "event");
  return Object.fromEntries(filters.map((name) => [name, readQuery(query, name)]));
}

/** Whether the list shows less than everything. */
export function isFiltered(query: AuditQuery): boolean {
  return NAMES.some((name) => name !== "before" && name !== "event" && readQuery(query, name) !== undefined);
}
