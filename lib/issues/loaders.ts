import "server-only";
import { listNotices, type NoticeFilter } from "@/lib/issues/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadNotices(filter: NoticeFilter) {
  return listNotices(await requireScope(), filter);
}
