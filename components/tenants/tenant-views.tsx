import { isInView, type TenantView, tenantViews } from "@/components/tenants/filter-tenants";
import { LinkTabs } from "@/components/ui/link-tabs";
import type { TenantSummary } from "@/lib/tenants/types";

const labels: Record<TenantView, string> = {
  all: "All",
  trouble: "In trouble",
  paused: "Paused",
  disconnected: "Disconnected",
};

type TenantViewsProps = { tenants: readonly TenantSummary[]; view: TenantView; text: string };

export function TenantViews({ tenants, view, text }: TenantViewsProps) {
  return (
    <LinkTabs
      label="Views of tenants"
      variant="pill"
      current={toHref(view, text)}
      tabs={tenantViews.map((each) => ({
        href: toHref(each, text),
        label: labels[each],
        count: tenants.filter((tenant) => isInView(tenant, each)).length,
      }))}
    />
  );
}

function toHref(view: TenantView, text: string): string {
  const query = new URLSearchParams();
  if (view !== "all") query.set("show", view);
  if (text) query.set("q", text);
  return query.size > 0 ? `/tenants?${query}` : "/tenants";
}
