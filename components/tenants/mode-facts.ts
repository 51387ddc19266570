import type { TenantDetail } from "@/lib/tenants/types";

/** What the choice of a mode needs to know, so that no more of a tenant goes into the page. */
export type ModeFacts = Pick<TenantDetail, "id" | "name" | "mode" | "testMode" | "active" | "readAt">;

export function toModeFacts({ id, name, mode, testMode, active, readAt }: TenantDetail): ModeFacts {
  return { id, name, mode, testMode, active, readAt };
}
