import { z } from "zod";
import { listGroupNames } from "@/lib/directory/data";
import { defineRoute } from "@/lib/web/define-route";

const NAMES_MAX = 50;

const searchSchema = z.object({ q: z.string().max(200).optional(), tenant: z.uuid().optional() });

/** Group names for a search field, of one tenant or of all. */
export const GET = defineRoute(async (scope, request) => {
  const { q, tenant } = searchSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return listGroupNames(scope, { text: q, tenantId: tenant, limit: NAMES_MAX });
});
