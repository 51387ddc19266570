"use server";

import { decideDrift } from "@/lib/engine/drift/mutations";
import { decideDriftSchema } from "@/lib/engine/drift/schema";
import { defineAction } from "@/lib/web/define-action";

export const decideDriftAction = defineAction(decideDriftSchema, decideDrift);
