import "server-only";
import { cache } from "react";
import { type Need, toChangeNeeds, toDriftNeeds, toTenantNeeds } from "@/components/home/needs";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadChangesInNeed } from "@/lib/changes/loaders";
import { loadDriftingTenants } from "@/lib/engine/drift/loaders";
import { loadTenantsInNeed } from "@/lib/tenants/loaders";

export type Needs = {
  tenantNeeds: Need[];
  changeNeeds: Need[];
  asOf: Date;
};

/** What needs a person, loaded once a request: the sidebar counts it and Home lists it. */
export const loadNeeds = cache(async (): Promise<Needs> => {
  const asOf = new Date();
  const { role } = await loadCurrentOperator();
  const [tenants, changes, drifting] = await Promise.all([
    loadTenantsInNeed(),
    loadChangesInNeed(),
    loadDriftingTenants(),
  ]);
  return {
    tenantNeeds: [...toTenantNeeds(tenants, asOf, can(role, "tenant.manage")), ...toDriftNeeds(drifting)],
    changeNeeds: toChangeNeeds(changes),
    asOf,
  };
});
