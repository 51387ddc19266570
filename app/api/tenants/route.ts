import { z } from "zod";
import { listTenantOptions } from "@/lib/tenants/data";
import { defineRoute } from "@/lib/web/define-route";

/** What a list that opens shows without being long; whoever misses one types more of its name. */
const OPTIONS_MAX = 50;

const searchSchema = z.object({ q: z.string().max(200).optional(), disconnected: z.literal("1").optional() });

/** Tenants by name for the field that is being typed in. */
export const GET = defineRoute((scope, request) => {
  const { q, disconnected } = searchSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return listTenantOptions(scope, {
    text: q,
    withDisconnected: disconnected !== undefined,
    limit: OPTIONS_MAX,
  });
});
