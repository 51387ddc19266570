import { z } from "zod";
import { toTenantChoices } from "@/components/changes/new-change/tenant-choice";
import { listTenantOptions } from "@/lib/tenants/data";
import { defineRoute } from "@/lib/web/define-route";

const OPTIONS_MAX = 50;

const searchSchema = z.object({ q: z.string().max(200).optional() });

/** Tenants for a planning form, each with why it cannot be chosen. */
export const GET = defineRoute(async (scope, request) => {
  const { q } = searchSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return toTenantChoices((await listTenantOptions(scope, { text: q, limit: OPTIONS_MAX })).tenants);
});
