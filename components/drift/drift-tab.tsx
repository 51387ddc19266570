import { DecidedCard } from "@/components/drift/decided-card";
import { DriftChooser } from "@/components/drift/tab-chooser";
import { FollowsNotice } from "@/components/drift/follows-notice";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadDecidedDrift, loadOpenDrift } from "@/lib/engine/drift/loaders";
import { loadPolicy } from "@/lib/roster/loaders";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** What changed in the tenant outside Rollcall since the last read, and the decisions about it. */
export async function DriftTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const [open, decided, { policy, version }] = await Promise.all([
    loadOpenDrift(tenant.id),
    loadDecidedDrift(tenant.id),
    loadPolicy(tenant.id),
  ]);
  return (
    <>
      {tenant.mode === "observe" ? (
        <Notice kind="info" title="Drift is not checked here">
          Another system is this tenant's source, so changes are expected. Drift is checked once Rollcall
          writes to it.
        </Notice>
      ) : null}
      {policy.grouping.elsewhere === "follow" ? (
        <FollowsNotice
          tenantId={tenant.id}
          grouping={policy.grouping}
          version={version}
          mayManage={can(role, "roster.manage") && tenantCan.edit(tenant)}
        />
      ) : null}
      {open.total === 0 ? (
        <Card>
          <EmptyState kind="nothing-yet" title="No drift">
            Each read is compared with the one before. Values that Rollcall did not write appear here and wait
            for a decision.
          </EmptyState>
        </Card>
      ) : (
        <DriftChooser
          tenantId={tenant.id}
          tenantName={tenant.name}
          rows={open.rows}
          canDecide={can(role, "drift.decide") && tenantCan.edit(tenant)}
          note={toNote(open.total, open.rows.length)}
        />
      )}
      {tenant.readAt ? (
        <p className="text-12 text-ink-3">
          As of the read <Time at={tenant.readAt} />.
        </p>
      ) : null}
      <DecidedCard decided={decided} />
    </>
  );
}

function toNote(total: number, shown: number): string {
  const all = countOf(total, "value waits for a decision", "values wait for a decision");
  return total > shown ? `${all}; the first ${shown} are shown` : all;
}
