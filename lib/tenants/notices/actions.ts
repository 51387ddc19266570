"use server";

import { resolveNotice } from "@/lib/tenants/notices/mutations";
import { resolveNoticeSchema } from "@/lib/tenants/notices/schema";
import { defineAction } from "@/lib/web/define-action";

export const resolveNoticeAction = defineAction(resolveNoticeSchema, resolveNotice);
