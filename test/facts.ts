import type {
  AccountFacts,
  FleetFacts,
  HoldLimit,
  TenantFacts,
  TenantRails,
} from "@/lib/changes/model/plan-types";

/** Tenant ids as tests name them: tenantIdOf(1), tenantIdOf(2). */
export function tenantIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A writable tenant, read a moment ago, without people. */
export function makeTenantFacts(given: Partial<TenantFacts> = {}): TenantFacts {
  return {
    id: tenantIdOf(1),
    name: "Acme",
    mode: "source",
    state: "healthy",
    domains: ["acme.example"],
    readAt: new Date("2026-11-21T08:00:00Z"),
    active: 100,
    rails: makeRails(),
    lastDay: { archive: 0, restore: 0, members_remove: 0 },
    pendingActive: 0,
    protectedKeys: new Set(),
    guards: new Map(),
    unguarded: new Set(),
    accounts: [],
    groups: [],
    elsewhere: new Set(),
    roster: null,
    past: [],
    ...given,
  };
}

/** Limits of a new tenant, every switch on, unlimited seats. */
export function makeRails(given: Partial<TenantRails> = {}): TenantRails {
  return {
    limits: limitsOf({ min: 3, share: 0.1 }),
    allowCreate: true,
    allowUpdate: true,
    allowArchive: true,
    seats: null,
    ...given,
  };
}

/** One value for all daily limits. */
export function limitsOf(limit: HoldLimit): TenantRails["limits"] {
  return { archive: limit, restore: limit, members_remove: limit };
}

/** A fleet so large that none of its limits applies. */
export const largeFleet: FleetFacts = {
  active: 1_000_000,
  lastDay: { archive: 0, restore: 0, members_remove: 0 },
  limit: { min: 3, share: 0.1 },
};

/** A person in a directory, by the address's part before the @. */
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
