import { GateCard } from "@/components/rails/gate-card";
import { HoldLimitsCard } from "@/components/rails/hold-limits-card";
import { SeatsCard } from "@/components/rails/seats-card";
import { SwitchesCard } from "@/components/rails/switches-card";
import { Columns } from "@/components/layout/page-body";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** The tenant's rails: gate, limits, switches and seats. */
export async function RailsTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  return (
    <Columns at="right" side={<SeatsCard tenant={tenant} role={role} />}>
      <GateCard tenant={tenant} role={role} />
      <HoldLimitsCard tenant={tenant} role={role} />
      <SwitchesCard tenant={tenant} role={role} />
    </Columns>
  );
}
