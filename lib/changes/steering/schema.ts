import { z } from "zod";
import { reasonSchema } from "@/lib/tenants/schema";

const changeId = z.uuid();

export const pauseChangeSchema = z.strictObject({ changeId, reason: reasonSchema });
export const resumeChangeSchema = z.strictObject({ changeId });
/** Without a tenant the whole change is cancelled. */
export const cancelChangeSchema = z.strictObject({
  changeId,
  tenantId: z.uuid().optional(),
  reason: reasonSchema,
});

export type PauseChange = z.infer<typeof pauseChangeSchema>;
export type ResumeChange = z.infer<typeof resumeChangeSchema>;
export type CancelChange = z.infer<typeof cancelChangeSchema>;
