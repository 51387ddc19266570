import { CapabilitiesCard } from "@/components/tenants/capabilities-card";
import { HealthCard } from "@/components/tenants/health-card";
import { LimitsCard } from "@/components/tenants/limits-card";
import { ModeCard } from "@/components/tenants/mode-card";
import { PanelBoundary } from "@/components/tenants/panel-boundary";
import { ProbeCard } from "@/components/tenants/probe-card";
import { SetUpCard } from "@/components/tenants/set-up-card";
import { ReadAge } from "@/components/tenants/read-age";
import { ReadsCard } from "@/components/tenants/reads-card";
import { Columns } from "@/components/layout/page-body";
import { CountTiles } from "@/components/ui/count-tiles";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

export function OverviewTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const isNew = tenant.readAt === null;
  const probe = <ProbeCard tenant={tenant} />;
  return (
    <Columns
      at="right"
      side={
        <>
          <ModeCard tenant={tenant} role={role} />
          <LimitsCard tenant={tenant} role={role} />
          <HealthCard tenantId={tenant.id} now={new Date()} />
          {isNew ? null : probe}
          {tenant.probe?.passed && tenant.state !== "connecting" ? (
            <CapabilitiesCard capabilities={tenant.probe.capabilities} />
          ) : null}
        </>
      }
    >
      {isNew ? (
        <>
          {tenant.state === "disconnected" ? null : <SetUpCard tenant={tenant} />}
          {probe}
        </>
      ) : (
        <Counts tenant={tenant} />
      )}
      <PanelBoundary what="The list of reads">
        <div id="reads">
          <ReadsCard tenantId={tenant.id} />
        </div>
      </PanelBoundary>
    </Columns>
  );
}

/** The counts with their age. */
function Counts({ tenant }: { tenant: TenantDetail }) {
  const { users, active, groups, unconfirmed, open } = tenant;
  return (
    <div className="flex flex-col gap-1.5">
      <CountTiles
        label="Counts"
        tiles={[
          { word: "people active", count: active ?? 0 },
          { word: "archived", count: (users ?? 0) - (active ?? 0) },
          { word: "groups", count: groups ?? 0 },
          { word: "waiting to be sent", count: open, kind: "queued" },
          { word: "awaiting confirmation", count: unconfirmed, kind: "accepted" },
        ]}
      />
      <ReadAge what="People and groups" tenant={tenant} />
    </div>
  );
}
