import type { TenantDetail } from "@/lib/tenants/types";

/**
 * Everything of a tenant that moves by itself, as one text to compare. The same for a tenant as the server has it and
 * as it comes over the wire, where dates are text already.
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
