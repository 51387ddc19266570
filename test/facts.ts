import type { AccountFacts, TenantFacts } from "@/lib/provisioning/plan-types";

/** Tenant ids as tests name them: tenantIdOf(1), tenantIdOf(2). */
export function tenantIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A tenant that may be written to, read a moment ago, with nobody in it. */
export function makeTenantFacts(given: Partial<TenantFacts> = {}): TenantFacts {
  return {
    id: tenantIdOf(1),
    name: "Acme",
    mode: "source",
    state: "healthy",
    domains: ["acme.example"],
    readAt: new Date("2026-11-21T08:00:00Z"),
    active: 100,
    archivedLastDay: 0,
    archiveHoldMin: 3,
    archiveHoldShare: 0.1,
    accounts: [],
    groups: [],
    ...given,
  };
}

/** Somebody who stands in a directory, by the part of the address before the @. */
export function makeAccountFacts(name: string, given: Partial<AccountFacts> = {}): AccountFacts {
  const userName = `${name}@acme.example`;
  return {
    resourceId: `id-${name}`,
    userName,
    displayName: name,
    active: true,
    groupIds: [],
    ...given,
    attributes: { userName, ...given.attributes },
  };
}
