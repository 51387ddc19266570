import { z } from "zod";
import { defineJob } from "@/lib/queue/define-job";

/**
 * Signals that a tenant has work: a probe, a read, runs or confirmations. One job a tenant, whatever the work is; the
 * handler (worker/tenant-work.ts) reads from our own tables what to do.
 */
export const tenantWorkJob = defineJob({
  name: "tenant.work",
  payload: z.strictObject({ tenantId: z.uuid() }),
  key: ({ tenantId }) => tenantId,
});
