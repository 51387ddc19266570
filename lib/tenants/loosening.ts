import type { UpdateTenant } from "@/lib/tenants/schema";

/** A tenant's limits that operators set beside its name; null for a rate without a limit. */
export type Limits = { domains: readonly string[]; rateMax: number | null; inFlightMax: number };

type Loosened = "domains" | "rate" | "inFlightMax";

/**
 * The fields by which a tenant would allow more than before: a domain that was not allowed, or a faster pace. A tenant
 * without domains allows all that no other tenant owns.
 */
export function findLoosened(before: Limits, after: Omit<UpdateTenant, "tenantId">): Loosened[] {
  const loosened: Loosened[] = [];
  const isNew = (domain: string) => !before.domains.includes(domain);
  if (before.domains.length > 0 && (after.domains.length === 0 || after.domains.some(isNew)))
    loosened.push("domains");
  if (before.rateMax !== null && after.rate > before.rateMax) loosened.push("rate");
  if (after.inFlightMax > before.inFlightMax) loosened.push("inFlightMax");
  return loosened;
}
