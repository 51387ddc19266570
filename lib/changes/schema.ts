import { z } from "zod";
import { intentSchema } from "@/lib/changes/model/intent";
import { reasonSchema } from "@/lib/tenants/schema";

export const ticketSchema = z
  .string()
  .trim()
  .max(64, "The ticket is longer than 64 characters. Shorten it.")
  .regex(/^[\w#./:-]*$/, "A ticket may contain letters, digits and . # / : - only. Remove the rest.")
  .transform((ticket) => ticket || null);

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const planChangeSchema = z.strictObject({
  intent: intentSchema,
  reason: reasonSchema,
  ticket: ticketSchema.nullable().default(null),
});

export const applyChangeSchema = z.strictObject({ changeId: z.uuid(), planHash: hash });
export const discardPlanSchema = z.strictObject({ changeId: z.uuid() });
export const replanChangeSchema = z.strictObject({ changeId: z.uuid() });
export const withdrawApplySchema = z.strictObject({ changeId: z.uuid() });

export type PlanChange = z.infer<typeof planChangeSchema>;
export type ApplyChange = z.infer<typeof applyChangeSchema>;
export type DiscardPlan = z.infer<typeof discardPlanSchema>;
export type ReplanChange = z.infer<typeof replanChangeSchema>;
export type WithdrawApply = z.infer<typeof withdrawApplySchema>;
