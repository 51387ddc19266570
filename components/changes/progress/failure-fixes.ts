import type { ChangeView, OperationView } from "@/components/changes/model/wire";
import { peopleHref } from "@/components/people/people-query";

export type Fix = { href: string; label: string };

type Failed = Pick<OperationView, "tenantId" | "target" | "reason" | "kind">;

/** What is wrong with the tenant's connection rather than with one person. */
const connectionCodes: ReadonlySet<string> = new Set([
  "token-rejected",
  "no-token",
  "seal-broken",
  "tls",
  "redirect",
  "egress-refused",
  "wrong-address",
  "not-scim",
]);
/** What the tenant does not take as a value. */
const valueCodes: ReadonlySet<string> = new Set([
  "invalid-value",
  "missing-required",
  "unknown-attribute",
  "not-supported",
  "domain-not-allowed",
]);
const limitCodes: ReadonlySet<string> = new Set([
  "seats-exceeded",
  "seats-held",
  "switched-off",
  "held-by-threshold",
]);

/** Where a failure is repaired, the likeliest place first; the retry itself is one for all of them. */
export function toFixes({ tenantId, target, reason, kind }: Failed, change: ChangeView["kind"]): Fix[] {
  const code = reason ?? "unexpected";
  const fixes: Fix[] = [];
  const isFromRoster = change === "import" || change === "reconcile";
  if (connectionCodes.has(code)) {
    fixes.push({ href: `/tenants/${tenantId}?tab=connection`, label: "Open the connection" });
  }
  if (limitCodes.has(code)) fixes.push({ href: `/tenants/${tenantId}?tab=rails`, label: "Open the rails" });
  if (valueCodes.has(code) && isFromRoster) {
    fixes.push({ href: `/tenants/${tenantId}?tab=roster&part=mapping`, label: "Open the mapping" });
  }
  // Whoever was not created is nowhere to be found, and a retry would send the same value again.
  if (valueCodes.has(code) && kind === "create" && change === "onboard") {
    fixes.push({ href: "/changes/new/onboard", label: "Onboard with another value" });
  } else if (kind === "group_create" || kind === "members_add" || kind === "members_remove") {
    fixes.push({ href: `/tenants/${tenantId}?tab=groups`, label: "Find the group" });
  } else {
    // Without the tenant: the address may be taken by an account of another one.
    const isAnywhere = code === "email-in-other-account";
    fixes.push({
      href: peopleHref({ q: target, ...(isAnywhere ? {} : { tenant: tenantId }) }),
      label: isAnywhere ? "Find the address in every tenant" : "Find the person",
    });
  }
  return fixes;
}
