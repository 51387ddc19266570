import { type TenantView, tenantViews } from "@/lib/tenants/types";

/** What is not a view of ours is "all": an address that is a little wrong still shows something. */
export function toTenantView(text: string | undefined): TenantView {
  return tenantViews.find((view) => view === text) ?? "all";
}

/** The list with some of its filters; a changed filter begins at the first page again. */
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
