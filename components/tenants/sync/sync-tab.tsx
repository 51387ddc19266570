import { QueueCard } from "@/components/tenants/sync/queue-card";
import { ReconcileCard } from "@/components/tenants/sync/reconcile-card";
import { ScheduledCard } from "@/components/tenants/sync/scheduled-card";
import { SyncCard } from "@/components/tenants/sync/sync-card";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { ReadsCard } from "@/components/tenants/reads-card";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadQueue } from "@/lib/changes/loaders";
import { loadSyncSettings } from "@/lib/tenants/loaders";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** A tenant's sync: schedule, whether the roster is applied, and the queue. */
export async function SyncTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const [schedule, queue] = await Promise.all([loadSyncSettings(tenant.id), loadQueue(tenant.id)]);
  const isOpen = tenantCan.edit(tenant);
  const isMoving = schedule.isDue || queue.total > 0;
  return (
    <>
      <AutoRefresh everyMs={isMoving ? 3_000 : 30_000} />
      <SyncCard tenant={tenant} schedule={schedule} mayManage={isOpen && can(role, "sync.manage")} />
      <ReconcileCard tenant={tenant} schedule={schedule} mayManage={isOpen && can(role, "tenant.mode")} />
      <QueueCard queue={queue} tenant={tenant} />
      <ScheduledCard scheduled={queue.scheduled} />
      <ReadsCard tenantId={tenant.id} />
    </>
  );
}
