"use server";

import { resolveNotice } from "@/lib/issues/mutations";
import { resolveNoticeSchema } from "@/lib/issues/schema";
import { defineAction } from "@/lib/web/define-action";

export const resolveNoticeAction = defineAction(resolveNoticeSchema, resolveNotice);
