import { percentSchema, peopleSchema, reasonSchema } from "@/lib/tenants/schema";
import { z } from "zod";

export const fleetReasonSchema = z.strictObject({ reason: reasonSchema });
export const fleetLimitsSchema = z.strictObject({
  holdMin: peopleSchema,
  holdPercent: percentSchema,
  reason: reasonSchema,
});

export type FleetReason = z.infer<typeof fleetReasonSchema>;
export type FleetLimits = z.infer<typeof fleetLimitsSchema>;
