import { type TenantView, tenantViews } from "@/lib/tenants/types";

/** An unknown view means "all", so that an outdated URL still works. */
export function toTenantView(text: string | undefined): TenantView {
  return tenantViews.find((view) => view === text) ?? "all";
}

/** The list's URL with some filters changed. A changed filter starts at the first page. */
export function tenantsHref({
  view,
  text,
  after,
}: {
  view: TenantView;
  text: string;
  after?: string;
}): string {
  const query = new URLSearchParams();
  if (view !== "all") query.set("show", view);
  if (text) query.set("q", text);
  if (after) query.set("after", after);
  return query.size > 0 ? `/tenants?${query}` : "/tenants";
}
