import type { TenantDetail } from "@/lib/tenants/types";

/**
 * Everything in a tenant that changes without a reload, as one text to compare. Server and JSON give the same text,
 * because dates are already text.
 */
export function toVersion(tenant: TenantDetail): string {
  const { state, reason, mode, testMode, cooldownTo, readAt, lastReadState, probedAt, lastConfirmedAt } =
    tenant;
  const { unconfirmed, open, credential, adoptedAt, signedAt, probeNextAt, quarantinedAt } = tenant;
  return JSON.stringify([
    [state, reason, mode, testMode, cooldownTo, readAt, lastReadState, probedAt, lastConfirmedAt],
    [unconfirmed, open, credential?.version, credential?.rejectedAt, adoptedAt, signedAt],
    [probeNextAt, quarantinedAt],
  ]);
}
