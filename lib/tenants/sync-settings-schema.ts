import { z } from "zod";
import { reasonSchema } from "@/lib/tenants/schema";

const tenantId = z.uuid();

/**
 * Empty means reading only by hand. KnowBe4 names no limit; below 5 minutes a big directory would be read without a
 * pause.
 */
const everyMinutesSchema = z
  .string()
  .trim()
  .transform((text) => (text === "" ? null : Number(text)))
  .pipe(
    z
      .number("Write a number of minutes, or leave it empty to sync by hand only.")
      .int("Write a whole number of minutes.")
      .min(5, "At least 5 minutes.")
      .max(10_080, "At most 10,080 minutes: a week.")
      .nullable(),
  );

export const setSyncIntervalSchema = z.strictObject({ tenantId, everyMinutes: everyMinutesSchema });
export const setReconcilesSchema = z.strictObject({
  tenantId,
  reconciles: z.enum(["on", "off"]),
  reason: reasonSchema,
});

export const requestSyncSchema = z.strictObject({ tenantId });

export type SetSyncInterval = z.infer<typeof setSyncIntervalSchema>;
export type SetReconciles = z.infer<typeof setReconcilesSchema>;
export type RequestSync = z.infer<typeof requestSyncSchema>;
