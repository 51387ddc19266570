import { userNameOf } from "./records";
import { stopTimer, type Tenant } from "./tenant";

/** All tenants of the simulator, and what they share. */
export interface World {
  tenants: Map<string, Tenant>;
  /**
   * Lower-cased address -> slug of the account whose console holds it active. An address exists in one KnowBe4 account
   * only; archiving there frees it (support.knowbe4.com/hc/en-us/articles/1500010136521).
   */
  tenantByAddress: Map<string, string>;
  /** True when the demo's tenants were seeded: their tokens may then be requested. */
  isDemo: boolean;
  /** Called after every change of state; used by persistence. */
  onChange: () => void;
}

export function newWorld(): World {
  return { tenants: new Map(), tenantByAddress: new Map(), isDemo: false, onChange: () => {} };
}

/** The other tenant whose console holds `address` active, or null. */
export function findOtherTenant(world: World, slug: string, address: string): Tenant | null {
  const owner = world.tenantByAddress.get(address.toLowerCase());
  return owner === undefined || owner === slug ? null : (world.tenants.get(owner) ?? null);
}

/** Records that `slug` holds `address` active. An address that another tenant holds stays there. */
export function claimAddress(world: World, slug: string, address: string): void {
  const key = address.toLowerCase();
  if (!world.tenantByAddress.has(key)) world.tenantByAddress.set(key, slug);
}

export function releaseAddress(world: World, slug: string, address: string): void {
  const key = address.toLowerCase();
  if (world.tenantByAddress.get(key) === slug) world.tenantByAddress.delete(key);
}

/** Removes a tenant: its timer stops and its addresses are free. */
export function removeTenant(world: World, tenant: Tenant): void {
  stopTimer(tenant);
  world.tenants.delete(tenant.slug);
  for (const user of tenant.console.users.byId.values()) {
    releaseAddress(world, tenant.slug, userNameOf(user.resource));
  }
  world.onChange();
}
