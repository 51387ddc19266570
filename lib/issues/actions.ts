"use server";

import { resolveIssue } from "@/lib/issues/mutations";
import { resolveIssueSchema } from "@/lib/issues/schema";
import { defineAction } from "@/lib/web/define-action";

export const resolveIssueAction = defineAction(resolveIssueSchema, resolveIssue);
