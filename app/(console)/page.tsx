import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { FleetCard } from "@/components/fleet/fleet-card";
import { GettingStartedCard } from "@/components/home/getting-started-card";
import { LatestChangesCard } from "@/components/home/latest-changes-card";
import { loadNeeds } from "@/components/home/load-needs";
import { NeedsCard } from "@/components/home/needs-card";
import { TenantsCard } from "@/components/home/tenants-card";
import { Columns, PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { NoTenantsYet } from "@/components/tenants/no-tenants-yet";
import { PanelBoundary } from "@/components/tenants/panel-boundary";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { can } from "@/lib/auth/permissions";
import { loadChanges } from "@/lib/changes/loaders";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadTenants } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const { name, role } = await loadCurrentOperator();
  const [all, { rows: changes }, { tenantNeeds, changeNeeds, asOf }] = await Promise.all([
    loadTenants(),
    loadChanges({}),
    loadNeeds(),
  ]);
  const tenants = all.filter(({ state }) => state !== "disconnected");
  const gettingStarted = (
    <PanelBoundary what="The list of first steps">
      <GettingStartedCard />
    </PanelBoundary>
  );
  return (
    <>
      <AutoRefresh everyMs={15_000} />
      <PageHeader
        title={`Hello, ${name.split(" ")[0] ?? name}`}
        actions={
          tenants.length > 0 && can(role, "change.create") ? (
            <LinkButton href="/changes/new" variant="primary" icon={<Plus aria-hidden />}>
              New change
            </LinkButton>
          ) : null
        }
      />
      <PageBody>
        {tenants.length === 0 ? (
          <Columns at="right" side={gettingStarted}>
            <Card>
              <NoTenantsYet role={role} />
            </Card>
          </Columns>
        ) : (
          <Columns
            at="right"
            side={
              <>
                {gettingStarted}
                <FleetCard />
                <LatestChangesCard changes={changes} />
              </>
            }
          >
            <NeedsCard
              tenantNeeds={tenantNeeds}
              changeNeeds={changeNeeds}
              tenants={tenants.length}
              asOf={asOf}
            />
            <TenantsCard tenants={tenants} now={asOf} />
          </Columns>
        )}
      </PageBody>
    </>
  );
}
