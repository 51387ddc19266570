import { z } from "zod";
import { defineJob } from "@/lib/queue/define-job";

/**
 * Signals that a tenant has work: a probe, a read, runs or confirmations. One job a tenant, whatever the work is; our
 * own tables say what there is to do, and the handler (worker/tenant-work.ts) reads them.
 */
export const tenantWorkJob = defineJob({
  name: "tenant.work",
  payload: z.strictObject({ tenantId: z.uuid() }),
  key: ({ tenantId }) => tenantId,
});
