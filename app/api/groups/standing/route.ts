import { z } from "zod";
import { listGroups } from "@/lib/directory/data";
import { defineRoute } from "@/lib/web/define-route";

const TENANTS_MAX = 500;

const tenantsSchema = z.array(z.uuid()).max(TENANTS_MAX);

/** The groups of the tenants chosen in a form. */
export const GET = defineRoute(async (scope, request) => {
  const tenantIds = tenantsSchema.parse(new URL(request.url).searchParams.getAll("tenant"));
  const groups = await listGroups(scope, { tenantIds });
  return groups.map(({ tenantId, displayName }) => ({ tenantId, displayName }));
});
