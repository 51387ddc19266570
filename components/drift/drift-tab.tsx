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

/** What somebody else changed in the tenant since the reading before, and what was decided about it. */
export async function DriftTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const [open, decided, { policy, version }] = await Promise.all([
    loadOpenDrift(tenant.id),
    loadDecidedDrift(tenant.id),
    loadPolicy(tenant.id),
  ]);
  return (
    <>
      {tenant.mode === "observe" ? (
        <Notice kind="info" title="Changes are not compared here">
          Another system is this tenant's source, so whatever changes is meant to. Drift is looked for once
          Rollcall writes to it.
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
          <EmptyState kind="nothing-yet" title="Nothing was changed elsewhere">
            Each read is compared with the one before. What no change of Rollcall explains stands here and
            waits for a decision.
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
          As the directory was read <Time at={tenant.readAt} />.
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
