import { tabHref } from "@/components/tenants/tenant-tabs";
import { LinkTabs } from "@/components/ui/link-tabs";
import type { TenantDetail } from "@/lib/tenants/types";

const rosterParts = ["people", "mapping", "scope", "groups", "guards"] as const;
export type RosterPart = (typeof rosterParts)[number];

/** The props of every part of the roster tab. */
export type RosterPartProps = { tenant: TenantDetail; mayManage: boolean };

const labels: Record<RosterPart, string> = {
  people: "People",
  mapping: "Mapping",
  scope: "Scope",
  groups: "Groups",
  guards: "Guards",
};

export function toRosterPart(text: string | undefined): RosterPart {
  return rosterParts.find((part) => part === text) ?? "people";
}

export function partHref(
  tenantId: string,
  part: RosterPart,
  filters: Record<string, string | undefined> = {},
): string {
  return tabHref(tenantId, "roster", { part: part === "people" ? undefined : part, ...filters });
}

export function RosterParts({ tenant, part }: { tenant: TenantDetail; part: RosterPart }) {
  return (
    <LinkTabs
      label="Parts of the roster"
      variant="pill"
      current={partHref(tenant.id, part)}
      tabs={rosterParts.map((each) => ({ href: partHref(tenant.id, each), label: labels[each] }))}
    />
  );
}
