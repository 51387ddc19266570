import type { TenantSummary } from "@/lib/tenants/types";

export const tenantViews = ["all", "trouble", "paused", "disconnected"] as const;
export type TenantView = (typeof tenantViews)[number];

/** What is not a view of ours is "all": an address that is a little wrong still shows something. */
export function toTenantView(text: string | undefined): TenantView {
  return tenantViews.find((view) => view === text) ?? "all";
}

/** Disconnected tenants are history: they stand in their own view and nowhere else. */
export function isInView(tenant: TenantSummary, view: TenantView): boolean {
  switch (view) {
    case "all":
      return tenant.state !== "disconnected";
    case "trouble":
      return tenant.state === "quarantined" || (tenant.state === "healthy" && hasTrouble(tenant));
    case "paused":
      return tenant.state === "paused";
    case "disconnected":
      return tenant.state === "disconnected";
  }
}

function hasTrouble({ reason, lastReadState }: TenantSummary): boolean {
  return reason !== null || lastReadState === "failed";
}

/** Part of its name or of one of its domains, whatever the case. */
export function matchesText({ name, domains }: TenantSummary, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase("en");
  return [name, ...domains].some((each) => each.toLocaleLowerCase("en").includes(wanted));
}
