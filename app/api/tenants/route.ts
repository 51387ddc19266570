import { z } from "zod";
import { listTenantOptions } from "@/lib/tenants/data";
import { defineRoute } from "@/lib/web/define-route";

/** The most options a list shows; typing more of the name finds the others. */
const OPTIONS_MAX = 50;

const searchSchema = z.object({ q: z.string().max(200).optional(), disconnected: z.literal("1").optional() });

/** Tenants by name for a search field. */
export const GET = defineRoute((scope, request) => {
  const { q, disconnected } = searchSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return listTenantOptions(scope, {
    text: q,
    withDisconnected: disconnected !== undefined,
    limit: OPTIONS_MAX,
  });
});
