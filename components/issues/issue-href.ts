import { isCuredBy } from "@/lib/knowbe4/cured-by";
import type { IssueRow } from "@/lib/issues/types";

/** The page where an issue is resolved; null if there is none. */
export function issueHref({ code, tenant, change }: IssueRow): { href: string; label: string } | null {
  if (change) return { href: `/changes/${change.id}`, label: `Open CHG-${change.number}` };
  if (!tenant) return code === "fleet-stopped" ? { href: "/", label: "Open home" } : null;
  const page = `/tenants/${tenant.id}`;
  if (isCuredBy(code, "decision")) return { href: `${page}?tab=drift`, label: "Open drift" };
  if (isCuredBy(code, "new-token")) {
    return { href: `${page}?tab=connection#replace-token`, label: "Replace token" };
  }
  if (isCuredBy(code, "repair")) return { href: `${page}?tab=history`, label: "Open its history" };
  return { href: page, label: `Open ${tenant.name}` };
}
