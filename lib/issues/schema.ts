import { z } from "zod";

export const resolveIssueSchema = z.strictObject({ noticeId: z.uuid() });
export type ResolveIssue = z.infer<typeof resolveIssueSchema>;
