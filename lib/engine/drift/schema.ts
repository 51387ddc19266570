import { z } from "zod";
import { driftDecisions } from "@/lib/engine/drift/decisions";
import { reasonSchema } from "@/lib/tenants/schema";

export const decideDriftSchema = z.strictObject({
  tenantId: z.uuid(),
  driftIds: z
    .array(z.string().regex(/^\d{1,18}$/))
    .min(1, "Choose at least one line.")
    .max(500, "At most 500 lines at once. Take some out.")
    .transform((ids) => [...new Set(ids)]),
  decision: z.enum(driftDecisions),
  reason: reasonSchema,
});

export type DecideDrift = z.infer<typeof decideDriftSchema>;
