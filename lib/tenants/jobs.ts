import { z } from "zod";
import { defineJob } from "@/lib/queue/define-job";

/**
 * "This tenant has work": a probe, a read, runs or confirmations. One job a tenant, whatever the work is; what there
 * is to do stands in our own tables, and the handler (worker/tenant-work.ts) looks there.
 */
export const tenantWorkJob = defineJob({
  name: "tenant.work",
  payload: z.strictObject({ tenantId: z.uuid() }),
  key: ({ tenantId }) => tenantId,
});
