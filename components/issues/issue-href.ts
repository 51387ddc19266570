import type { IssueRow } from "@/lib/issues/types";

/** The codes that a new token ends. */
const tokenCodes = ["token-rejected", "no-token", "seal-broken"];

/** Where whatever an issue asks for is done; null where there is nothing to go to. */
export function issueHref({ code, tenant, change }: IssueRow): { href: string; label: string } | null {
  if (change) return { href: `/changes/${change.id}`, label: `Open CHG-${change.number}` };
  if (!tenant) return code === "fleet-stopped" ? { href: "/", label: "Open home" } : null;
  const page = `/tenants/${tenant.id}`;
  if (code === "drift-found" || code === "second-writer")
    return { href: `${page}?tab=drift`, label: "Open drift" };
  if (tokenCodes.includes(code)) {
    return { href: `${page}?tab=connection#replace-token`, label: "Replace token" };
  }
  if (code === "failing-run") return { href: `${page}?tab=history`, label: "Open its history" };
  return { href: page, label: `Open ${tenant.name}` };
}
