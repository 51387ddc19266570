import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { storedActions } from "@/lib/audit/log/renamed-actions";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound, refuse } from "@/lib/errors";
import { lockTenant } from "@/lib/tenants/lock-tenant";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantMode } from "@/lib/tenants/types";
import type { SetReconciles, SetSyncInterval } from "@/lib/tenants/sync-settings-schema";

/** A tenant's sync settings, and the result of its last sync. */
export type Schedule = {
  /** Null: only by hand. */
  everyMinutes: number | null;
  /** When it is due; null when no sync is scheduled. In the past while a sync is under way. */
  nextAt: Date | null;
  isDue: boolean;
  /** Whether each sync also plans the roster and applies what the rails allow. */
  reconciles: boolean;
  reconciledBy: string | null;
  reconcilesSince: Date | null;
  last: { at: Date; result: string; changeId: string | null } | null;
};

/** @throws AppError not-found, also for a tenant outside the scope. */
export async function getSyncSettings(scope: Scope, input: { tenantId: string }): Promise<Schedule> {
  authorize(scope, "tenant.read");
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<(Omit<Schedule, "last"> & { last: LastSync | null })[]>`
    SELECT t.sync_every_minutes AS "everyMinutes", t.sync_next_at <= now() AS "isDue", t.reconciles,
           CASE WHEN t.sync_every_minutes IS NOT NULL OR t.sync_next_at <= now() THEN t.sync_next_at END AS "nextAt",
           o.name AS "reconciledBy",
           (SELECT max(e.at) FROM event e WHERE e.tenant_id = t.id AND e.action = ANY (${storedActions("tenant.sync_changed")})
               AND e.body::jsonb -> 'after' ->> 'reconciles' = 'true') AS "reconcilesSince",
           (SELECT jsonb_build_object('at', e.at, 'result', e.body::jsonb ->> 'result', 'changeId', e.change_id)
              FROM event e WHERE e.tenant_id = t.id AND e.action = 'tenant.synced' ORDER BY e.id DESC LIMIT 1) AS last
      FROM tenant t LEFT JOIN operator o ON o.id = t.reconciled_by WHERE t.id = ${input.tenantId}::uuid`,
  );
  if (!row) throw notFound("tenant");
  return { ...row, last: row.last && { ...row.last, at: new Date(row.last.at) } };
}

type LastSync = { at: string; result: string; changeId: string | null };

/** Sets how often a tenant is read. A shorter interval applies from now on; a longer one from the next sync. */
export async function setSyncInterval(scope: Scope, input: SetSyncInterval): Promise<void> {
  authorize(scope, "sync.manage", [input.tenantId]);
  const { tenantId, everyMinutes } = input;
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    if (tenant.syncEveryMinutes === everyMinutes) return;
    // The column has no "never": a hundred years stand for it. A sync that is due already stays due.
    await tx.$executeRaw`
      UPDATE tenant SET sync_every_minutes = ${everyMinutes},
             sync_next_at = CASE WHEN sync_next_at <= now() THEN sync_next_at
                                 WHEN ${everyMinutes}::int IS NULL THEN now() + interval '100 years'
                                 ELSE least(sync_next_at, now() + ${everyMinutes}::int * interval '1 minute') END
       WHERE id = ${tenantId}::uuid`;
    await appendEvent(tx, scope, {
      action: "tenant.sync_changed",
      tenantId,
      target: tenant.name,
      result: "ok",
      before: { everyMinutes: tenant.syncEveryMinutes },
      after: { everyMinutes },
    });
  });
}

/**
 * Lets every sync apply the roster automatically, in the name of the operator who enables it, or stops that. Only an
 * owner may, as with the mode: from then on plans that nobody has reviewed are applied, within the rails.
 */
export async function setReconciles(scope: Scope, input: SetReconciles): Promise<void> {
  authorize(scope, "tenant.mode", [input.tenantId]);
  const { tenantId } = input;
  const reconciles = input.reconciles === "on";
  const { actor } = scope;
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    if (tenant.reconciles === reconciles) return;
    refuse(tenantCan.reconcile.whyNot({ ...tenant, mode: tenant.mode as TenantMode }));
    await tx.tenant.updateMany({
      where: { id: tenantId },
      data: { reconciles, reconciledById: reconciles && actor.kind === "operator" ? actor.id : null },
    });
    await appendEvent(tx, scope, {
      action: "tenant.sync_changed",
      tenantId,
      target: tenant.name,
      result: "ok",
      reason: input.reason,
      before: { reconciles: tenant.reconciles },
      after: { reconciles },
    });
  });
}
