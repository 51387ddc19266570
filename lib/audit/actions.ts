"use server";

import { z } from "zod";
import { verifyAudit } from "@/lib/audit/mutations";
import { defineAction } from "@/lib/web/define-action";

export const verifyAuditAction = defineAction(z.strictObject({}), (scope) => verifyAudit(scope), {
  permission: "audit.verify",
});
