import type { ProblemCode } from "@/lib/imports/types";

/** A tenant and the names by which a cell may refer to it. */
export type NamedTenant = { id: string; name: string; domains: readonly string[]; isDisconnected: boolean };

export type TenantMatch =
  | { ok: true; tenant: NamedTenant }
  | { ok: false; code: Extract<ProblemCode, `tenant-${string}`>; tenantId: string | null };

/** Tenants by the text of a cell: their name or one of their domains, in any case. */
export type TenantIndex = ReadonlyMap<string, readonly NamedTenant[]>;

export function indexTenants(tenants: readonly NamedTenant[]): TenantIndex {
  const index = new Map<string, NamedTenant[]>();
  for (const tenant of tenants) {
    for (const key of new Set([tenant.name, ...tenant.domains].map(toTenantKey))) {
      index.set(key, [...(index.get(key) ?? []), tenant]);
    }
  }
  return index;
}

/** Names a disconnected tenant too, so that the row stays hidden from operators who may not see that tenant. */
export function matchTenant(index: TenantIndex, cell: string): TenantMatch {
  if (cell.trim() === "") return { ok: false, code: "tenant-missing", tenantId: null };
  const found = index.get(toTenantKey(cell)) ?? [];
  const connected = found.filter(({ isDisconnected }) => !isDisconnected);
  const [tenant] = connected;
  if (connected.length > 1) return { ok: false, code: "tenant-ambiguous", tenantId: null };
  if (tenant) return { ok: true, tenant };
  const [gone] = found;
  return gone
    ? { ok: false, code: "tenant-disconnected", tenantId: gone.id }
    : { ok: false, code: "tenant-unknown", tenantId: null };
}

function toTenantKey(text: string): string {
  return text.normalize("NFC").trim().replace(/^@/, "").replace(/\s+/g, " ").toLowerCase();
}
