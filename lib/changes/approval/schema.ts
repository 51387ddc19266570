import { z } from "zod";
import { reasonSchema } from "@/lib/tenants/schema";

export const approveHeldSchema = z.strictObject({
  changeId: z.uuid(),
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
  reason: reasonSchema,
});
export type ApproveHeld = z.infer<typeof approveHeldSchema>;

export const rejectHeldSchema = approveHeldSchema;
export type RejectHeld = z.infer<typeof rejectHeldSchema>;

export const approveAloneSchema = approveHeldSchema.extend({
  count: z.coerce.number({ error: "Type the number of held lines in digits." }).int().min(1),
  password: z.string().min(1, "Enter your password.").max(1_000),
});
export const stopApprovalSchema = z.strictObject({ changeId: z.uuid(), reason: reasonSchema });
export type ApproveAlone = z.infer<typeof approveAloneSchema>;
export type StopApproval = z.infer<typeof stopApprovalSchema>;
