import type { ChangeView, OperationView } from "@/components/changes/model/wire";
import { peopleHref } from "@/components/people/people-query";
import { isCuredBy } from "@/lib/knowbe4/cured-by";

export type Fix = { href: string; label: string };

type Failed = Pick<OperationView, "tenantId" | "target" | "reason" | "kind">;

/** The pages where a failure can be fixed, the likeliest first. One retry covers all of them. */
export function toFixes({ tenantId, target, reason, kind }: Failed, change: ChangeView["kind"]): Fix[] {
  const isValue = isCuredBy(reason, "value");
  const fixes: Fix[] = [];
  const isFromRoster = change === "import" || change === "reconcile";
  if (isCuredBy(reason, "new-token")) {
    fixes.push({ href: `/tenants/${tenantId}?tab=connection#replace-token`, label: "Replace token" });
  } else if (isCuredBy(reason, "probe", "address")) {
    fixes.push({ href: `/tenants/${tenantId}?tab=connection`, label: "Open the connection" });
  }
  if (isCuredBy(reason, "limit", "approval")) {
    fixes.push({ href: `/tenants/${tenantId}?tab=rails`, label: "Open the safety limits" });
  }
  if (isValue && isFromRoster) {
    fixes.push({ href: `/tenants/${tenantId}?tab=roster&part=mapping`, label: "Open the mapping" });
  }
  // An uncreated person has no page, and a retry would send the same value again.
  if (isValue && kind === "create" && change === "onboard") {
    fixes.push({ href: "/changes/new/onboard", label: "Onboard with another value" });
  } else if (kind === "group_create" || kind === "members_add" || kind === "members_remove") {
    fixes.push({ href: `/tenants/${tenantId}?tab=groups`, label: "Find the group" });
  } else {
    // Search every tenant: an account of another tenant may have the address.
    const isAnywhere = reason === "email-in-other-account";
    fixes.push({
      href: peopleHref({ q: target, ...(isAnywhere ? {} : { tenant: tenantId }) }),
      label: isAnywhere ? "Find the address in every tenant" : "Find the person",
    });
  }
  return fixes;
}
