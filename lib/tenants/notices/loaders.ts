import "server-only";
import { getHealth, listNotices, type NoticeFilter } from "@/lib/tenants/notices/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadNotices(filter: NoticeFilter) {
  return listNotices(await requireScope(), filter);
}

export async function loadHealth(tenantId: string) {
  return getHealth(await requireScope(), { tenantId });
}
