import { csvLists } from "@/app/api/exports/csv-lists";
import { recordExport } from "@/lib/audit/mutations";
import { authorize } from "@/lib/auth/authorize";
import { notFound } from "@/lib/errors";
import { csvResponse } from "@/lib/web/csv-response";
import { defineRoute } from "@/lib/web/define-route";

/** A list as CSV, with its page's filters, in the tenants of the signed-in operator. */
export const GET = defineRoute<{ list: string }>(async (scope, request, params) => {
  authorize(scope, "list.export");
  const readList = Object.hasOwn(csvLists, params.list) ? csvLists[params.list] : undefined;
  if (!readList) throw notFound("list");
  const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== "");
  const filters = Object.fromEntries(given);
  const { header, pages, name, tenantId, changeId } = await readList(scope, filters);
  await recordExport(scope, { list: params.list, tenantId, changeId, filters });
  return csvResponse(`rollcall-${name}-${new Date().toISOString().slice(0, 10)}`, header, pages);
});
