import type { Absences, TenantDetail } from "@/lib/tenants/types";

/** What the choice of a mode needs to know, so that no more of a tenant goes into the page. */
export type ModeFacts = Pick<
  TenantDetail,
  "id" | "name" | "mode" | "testMode" | "readAt" | "adoptedAt" | "reconciles"
> & { absences: Absences };

export function toModeFacts(tenant: TenantDetail, absences: Absences): ModeFacts {
  const { id, name, mode, testMode, readAt, adoptedAt, reconciles } = tenant;
  return { id, name, mode, testMode, readAt, adoptedAt, reconciles, absences };
}
