import "server-only";
import { Prisma } from "@/lib/db/transaction";

/** The columns of an AcceptedOperation. */
export const ACCEPTED_OPERATION = Prisma.sql`id, change_id AS "changeId", tenant_id AS "tenantId", kind, target,
  resource_key AS "resourceKey", resource_id AS "resourceId", intent, confirms, accepted_at AS "acceptedAt",
  not_taken AS "notTaken"`;
