import { ReconcileDialog } from "@/components/tenants/sync/reconcile-dialog";
import { Card } from "@/components/ui/card";
import { DisabledButton } from "@/components/ui/disabled-button";
import { Status } from "@/components/ui/status";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toDisabledWords } from "@/components/words/refusal-words";
import type { Schedule } from "@/lib/tenants/sync-settings";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

type ReconcileCardProps = { tenant: TenantDetail; schedule: Schedule; mayManage: boolean };

/** Whether each sync also applies the roster, in whose name, and since when. */
export function ReconcileCard({ tenant, schedule, mayManage }: ReconcileCardProps) {
  const { reconciles, reconciledBy, reconcilesSince } = schedule;
  const isObserved = tenant.mode === "observe";
  const whyNot = toDisabledWords(tenantCan.reconcile.whyNot(tenant));
  return (
    <Card
      title="Apply the roster with each sync"
      aside={
        !mayManage ? null : whyNot ? (
          <DisabledButton why={whyNot} size="small">
            Switch on
          </DisabledButton>
        ) : (
          <ReconcileDialog tenantId={tenant.id} name={tenant.name} reconciles={reconciles} />
        )
      }
    >
      <p className="mb-2">
        <Status kind={reconciles ? "confirmed" : "neutral"}>{reconciles ? "On" : "Off"}</Status>
        {reconciles ? (
          <span className="ml-3 text-ink-2">
            in the name of {reconciledBy ?? "nobody"}
            {reconcilesSince ? (
              <>
                , since <Time at={reconcilesSince} format="full" />
              </>
            ) : null}
          </span>
        ) : null}
      </p>
      <p className="max-w-[70ch] text-ink-2">
        {isObserved
          ? `${tenant.name} is only observed, so its syncs only read. `
          : "On: each sync plans the roster against what it read and applies what the safety limits allow; the rest waits for approval. Off: syncs only read. "}
        <TextLink href={`/tenants/${tenant.id}?tab=rails`}>
          {isObserved ? "See the cut-over" : "See the safety limits"}
        </TextLink>
      </p>
    </Card>
  );
}
