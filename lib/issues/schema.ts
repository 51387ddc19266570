import { z } from "zod";

export const resolveIssueSchema = z.strictObject({ issueId: z.uuid() });
export type ResolveIssue = z.infer<typeof resolveIssueSchema>;
