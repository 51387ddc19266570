import { LinkTabs } from "@/components/ui/link-tabs";
import type { TenantDetail } from "@/lib/tenants/types";

const tenantTabs = [
  "overview",
  "people",
  "groups",
  "roster",
  "drift",
  "rails",
  "sync",
  "history",
  "connection",
] as const;
export type TenantTab = (typeof tenantTabs)[number];

const labels: Record<TenantTab, string> = {
  overview: "Overview",
  people: "People",
  groups: "Groups",
  roster: "Roster",
  drift: "Drift",
  rails: "Safety limits",
  sync: "Sync",
  history: "History",
  connection: "Connection",
};

export function toTenantTab(text: string | undefined): TenantTab {
  return tenantTabs.find((tab) => tab === text) ?? "overview";
}

/** The URL of a tab with its filters. The overview is the tenant's own URL. */
export function tabHref(
  tenantId: string,
  tab: TenantTab,
  filters: Record<string, string | undefined> = {},
): string {
  const query = new URLSearchParams();
  if (tab !== "overview") query.set("tab", tab);
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  return query.size > 0 ? `/tenants/${tenantId}?${query}` : `/tenants/${tenantId}`;
}

export function TenantTabs({ tenant, tab }: { tenant: TenantDetail; tab: TenantTab }) {
  const counts: Partial<Record<TenantTab, number>> = {
    people: tenant.users ?? undefined,
    groups: tenant.groups ?? undefined,
  };
  return (
    <LinkTabs
      label={`Parts of ${tenant.name}`}
      current={tabHref(tenant.id, tab)}
      tabs={tenantTabs.map((each) => ({
        href: tabHref(tenant.id, each),
        label: labels[each],
        count: counts[each],
      }))}
    />
  );
}
