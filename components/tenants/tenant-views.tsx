import { tenantsHref } from "@/components/tenants/filter-tenants";
import { LinkTabs } from "@/components/ui/link-tabs";
import { type TenantPage, type TenantView, tenantViews } from "@/lib/tenants/types";

const labels: Record<TenantView, string> = {
  all: "All",
  trouble: "In trouble",
  paused: "Paused",
  disconnected: "Disconnected",
};

type TenantViewsProps = { counts: TenantPage["counts"]; view: TenantView; text: string };

export function TenantViews({ counts, view, text }: TenantViewsProps) {
  return (
    <LinkTabs
      label="Views of tenants"
      variant="pill"
      current={tenantsHref({ view, text })}
      tabs={tenantViews.map((each) => ({
        href: tenantsHref({ view: each, text }),
        label: labels[each],
        count: counts[each],
      }))}
    />
  );
}
