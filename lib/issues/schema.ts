import { z } from "zod";

export const resolveNoticeSchema = z.strictObject({ noticeId: z.uuid() });
export type ResolveNotice = z.infer<typeof resolveNoticeSchema>;
