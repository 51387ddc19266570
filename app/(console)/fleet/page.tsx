import type { Metadata } from "next";
import { FleetLimitsCard } from "@/components/fleet/fleet-limits-card";
import { FleetStateCard } from "@/components/fleet/fleet-state-card";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadFleetDay, loadFleet } from "@/lib/fleet/loaders";

export const metadata: Metadata = { title: "All tenants together" };

export default async function FleetPage() {
  const [{ role }, fleet, day] = await Promise.all([loadCurrentOperator(), loadFleet(), loadFleetDay()]);
  return (
    <>
      <PageHeader title="All tenants together" parent={{ href: "/", label: "Home" }} />
      <PageBody>
        <FleetStateCard fleet={fleet} role={role} />
        <FleetLimitsCard fleet={fleet} day={day} role={role} />
      </PageBody>
    </>
  );
}
