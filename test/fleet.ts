import type { Scope } from "@/lib/auth/scope";
import { adoptInventory } from "@/lib/roster/mutations";
import { getAbsences, getTenant } from "@/lib/tenants/data";
import { connectTenant, setMode } from "@/lib/tenants/mutations";
import type { TenantMode } from "@/lib/tenants/types";
import { waitFor } from "@/lib/wait-for";
import type { Simulator, SimulatorSettings } from "@/test/simulator";

export type FleetTenant = {
  tenantId: string;
  slug: string;
  domain: string;
  token: string;
  tenantUrl: string;
};

/** A tenant on the simulator, connected, read by a running worker and in the given mode. */
export async function connectSimulated(
  scope: Scope,
  simulator: Simulator,
  settings: SimulatorSettings & { slug: string },
  mode: TenantMode = "source",
): Promise<FleetTenant> {
  const domain = `${settings.slug}.example`;
  const { token, tenantUrl } = await simulator.createTenant({ domains: [domain], ...settings });
  const { tenantId } = await connectTenant(scope, {
    name: settings.name,
    tenantUrl,
    token,
    domains: [domain],
  });
  await waitFor(
    async () => (await getTenant(scope, { tenantId })).readAt !== null,
    `the first read of ${settings.slug}`,
  );
  if (mode !== "observe") await cutOver(scope, { tenantId, name: settings.name }, mode);
  return { tenantId, slug: settings.slug, domain, token, tenantUrl };
}

/** Takes a tenant after its first read through the cut-over gate. */
export async function cutOver(
  scope: Scope,
  { tenantId, name }: { tenantId: string; name: string },
  mode: TenantMode,
): Promise<void> {
  const reason = "A test writes to it";
  await adoptInventory(scope, { tenantId, reason });
  const { absent } = await getAbsences(scope, { tenantId });
  await setMode(scope, { tenantId, mode, testMode: "off", reason, absent, name });
}
