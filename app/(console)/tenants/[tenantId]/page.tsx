import type { Metadata } from "next";
import { findTenant } from "@/app/(console)/tenants/[tenantId]/find-tenant";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { DriftTab } from "@/components/drift/drift-tab";
import { RailsTab } from "@/components/rails/rails-tab";
import { RosterTab } from "@/components/roster/roster-tab";
import { SyncTab } from "@/components/tenants/sync/sync-tab";
import { ConnectionTab } from "@/components/tenants/connection-tab";
import { GroupsTab } from "@/components/tenants/groups-tab";
import { HistoryTab } from "@/components/tenants/history-tab";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { OverviewTab } from "@/components/tenants/overview-tab";
import { PanelBoundary } from "@/components/tenants/panel-boundary";
import { PeopleTab } from "@/components/tenants/people-tab";
import { toVersion } from "@/components/tenants/tenant-version";
import { TenantActions } from "@/components/tenants/tenant-actions";
import { TenantBanners } from "@/components/tenants/tenant-banners";
import { TenantAutoRefresh } from "@/components/tenants/tenant-auto-refresh";
import { TenantTabs, type TenantTab, toTenantTab } from "@/components/tenants/tenant-tabs";
import { Badge } from "@/components/ui/badge";
import { isCoolingDown, isReading, modeWords, toTenantWord } from "@/components/words/tenant-words";
import { WordStatus } from "@/components/words/word-status";
import type { Role } from "@/lib/auth/roles";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import type { TenantDetail } from "@/lib/tenants/types";

type Params = Promise<{ tenantId: string }>;
type Search = Record<string, string | string[] | undefined>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await findTenant((await params).tenantId)).name };
}

export default async function TenantPage({
  params,
  searchParams,
}: {
  params: Params;
  searchParams: Promise<Search>;
}) {
  const [tenant, { role }, search] = await Promise.all([
    params.then(({ tenantId }) => findTenant(tenantId)),
    loadCurrentOperator(),
    searchParams,
  ]);
  const now = new Date();
  const tab = toTenantTab(one(search.tab));
  return (
    <>
      <PageHeader
        title={tenant.name}
        parent={{ href: "/tenants", label: "Tenants" }}
        status={
          <>
            <WordStatus word={toTenantWord(tenant, now)} />
            <Badge>{modeWords[tenant.mode].word}</Badge>
          </>
        }
        actions={<TenantActions tenant={tenant} role={role} />}
      />
      <PageBody>
        {tenant.state === "disconnected" ? null : (
          <TenantAutoRefresh tenantId={tenant.id} version={toVersion(tenant)} isBusy={isBusy(tenant)} />
        )}
        {isCoolingDown(tenant, now) ? <AutoRefresh everyMs={10_000} /> : null}
        <TenantBanners tenant={tenant} role={role} now={now} />
        <TenantTabs tenant={tenant} tab={tab} />
        <PanelBoundary what="This part of the tenant">
          <Tab tab={tab} tenant={tenant} role={role} search={search} />
        </PanelBoundary>
      </PageBody>
    </>
  );
}

type TabProps = { tab: TenantTab; tenant: TenantDetail; role: Role; search: Search };

function Tab({ tab, tenant, role, search }: TabProps) {
  const q = one(search.q);
  switch (tab) {
    case "overview":
      return <OverviewTab tenant={tenant} role={role} />;
    case "people":
      return (
        <PeopleTab
          tenant={tenant}
          query={{ q, state: toState(one(search.state)), group: one(search.group), after: one(search.after) }}
        />
      );
    case "groups":
      return <GroupsTab tenant={tenant} q={q} />;
    case "roster":
      return (
        <RosterTab
          tenant={tenant}
          role={role}
          part={one(search.part)}
          q={q}
          state={one(search.state)}
          after={one(search.after)}
          person={one(search.person)}
        />
      );
    case "drift":
      return <DriftTab tenant={tenant} role={role} />;
    case "rails":
      return <RailsTab tenant={tenant} role={role} />;
    case "sync":
      return <SyncTab tenant={tenant} role={role} />;
    case "history":
      return <HistoryTab tenant={tenant} />;
    case "connection":
      return <ConnectionTab tenant={tenant} role={role} />;
  }
}

/** True while the tenant is in a state that ends within seconds or minutes. */
function isBusy(tenant: TenantDetail): boolean {
  return (
    tenant.state === "connecting" || (tenant.state === "healthy" && (isReading(tenant) || tenant.open > 0))
  );
}

function toState(text: string | undefined): "active" | "archived" | undefined {
  return text === "active" || text === "archived" ? text : undefined;
}

/** A repeated or empty parameter is ignored. */
function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
