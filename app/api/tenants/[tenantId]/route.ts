import { getTenant } from "@/lib/tenants/data";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";

/** A tenant's state, polled while it is being connected or read. */
export const GET = defineRoute<{ tenantId: string }>((scope, _request, params) =>
  getTenant(scope, { tenantId: parseId(params.tenantId, "tenant") }),
);
