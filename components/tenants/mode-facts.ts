import type { Absences, TenantDetail } from "@/lib/tenants/types";

/** What the mode dialog needs of a tenant; the page receives nothing else. */
export type ModeFacts = Pick<
  TenantDetail,
  "id" | "name" | "state" | "mode" | "testMode" | "readAt" | "adoptedAt" | "reconciles"
> & { absences: Absences };

export function toModeFacts(tenant: TenantDetail, absences: Absences): ModeFacts {
  const { id, name, state, mode, testMode, readAt, adoptedAt, reconciles } = tenant;
  return { id, name, state, mode, testMode, readAt, adoptedAt, reconciles, absences };
}
