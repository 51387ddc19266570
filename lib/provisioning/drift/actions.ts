"use server";

import { decideDrift } from "@/lib/provisioning/drift/mutations";
import { decideDriftSchema } from "@/lib/provisioning/drift/schema";
import { defineAction } from "@/lib/web/define-action";

export const decideDriftAction = defineAction(decideDriftSchema, decideDrift);
