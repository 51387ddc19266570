"use server";

import { requestRead } from "@/lib/directory/mutations";
import { requestReadSchema } from "@/lib/directory/schema";
import { defineAction } from "@/lib/web/define-action";

export const requestReadAction = defineAction(requestReadSchema, requestRead);
