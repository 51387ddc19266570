import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { lockTenant } from "@/lib/tenants/lock-tenant";
import type { SetHoldLimits, SetSeats, SetSwitches } from "@/lib/tenants/schema";
import type { RailsSettings } from "@/lib/tenants/types";

/**
 * Changes some of a tenant's rails. Existing plans are made again when they are applied, so the new settings apply to
 * them.
 */
export async function setRails(
  scope: Scope,
  { tenantId, reason, ...rails }: Partial<RailsSettings> & { tenantId: string; reason: string },
): Promise<void> {
  authorize(scope, "rails.manage", [tenantId]);
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    await tx.tenant.updateMany({ where: { id: tenantId }, data: rails });
    const names = Object.keys(rails) as (keyof RailsSettings)[];
    await appendEvent(tx, scope, {
      action: "tenant.rails_changed",
      tenantId,
      target: tenant.name,
      result: "ok",
      reason,
      before: Object.fromEntries(names.map((name) => [name, tenant[name]])),
      after: rails,
    });
  });
}

/** People use percents; the rails use fractions of one. */
export function toHoldLimits(input: SetHoldLimits): Omit<RailsSettings, keyof SetSwitches | keyof SetSeats> {
  return {
    archiveHoldMin: input.archiveHoldMin,
    archiveHoldShare: input.archiveHoldPercent / 100,
    restoreHoldMin: input.restoreHoldMin,
    restoreHoldShare: input.restoreHoldPercent / 100,
    removalHoldMin: input.removalHoldMin,
    removalHoldShare: input.removalHoldPercent / 100,
  };
}
