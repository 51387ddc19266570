import { z } from "zod";

export const requestReadSchema = z.strictObject({ tenantId: z.uuid() });
export type RequestRead = z.infer<typeof requestReadSchema>;
