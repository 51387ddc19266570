import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { type OpeningKeyring, openToken } from "@/lib/crypto/open";
import { SealBrokenError } from "@/lib/crypto/seal-broken-error";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction } from "@/lib/db/transaction";
import { env, isLoopbackAllowed } from "@/lib/env";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import { createScimClient } from "@/lib/scim/client";
import { createTenantDispatcher } from "@/lib/tenants/egress";
import { restoreHealth, type StoredHealth } from "@/lib/tenants/health";
import { type OpenTenant, TenantClosedError } from "@/lib/tenants/open-tenant";
import { raisedRate } from "@/lib/tenants/rate";
import { parseTenantUrl } from "@/lib/tenants/tenant-url";

type Stored = StoredHealth & {
  tenantUrl: string;
  rate: number | null;
  rateMax: number | null;
  cleanMs: number;
  inFlightMax: number;
  failures: number;
  credentialId: string | null;
  sealed: string | null;
};

/**
 * Opens a tenant for one piece of a worker's work. Only this function has the token in clear text; the client it
 * returns keeps it in a private field.
 * @throws TenantClosedError when there is no token, when it cannot be opened, or when its URL is no longer allowed.
 */
export async function openTenant(
  scope: Scope,
  keyring: OpeningKeyring,
  tenantId: string,
): Promise<OpenTenant> {
  requireSystem(scope);
  if (!mayTouch(scope, tenantId)) throw new TenantClosedError("no-token");
  const stored = await readStored(tenantId);
  if (!stored?.credentialId || !stored.sealed) throw new TenantClosedError("no-token");
  const url = parseTenantUrl(stored.tenantUrl, {
    loopback: isLoopbackAllowed(),
    hostSuffixes: env().TENANT_HOST_SUFFIXES,
  });
  if (!url.ok) throw new TenantClosedError("egress-refused");

  const binding = { tenantId, credentialId: stored.credentialId };
  const token = await openToken(keyring, stored.sealed, binding).catch((error: unknown) => {
    throw error instanceof SealBrokenError ? new TenantClosedError("seal-broken") : error;
  });
  const dispatcher = createTenantDispatcher({
    loopback: isLoopbackAllowed(),
    connections: stored.inFlightMax,
  });
  const scim = createScimClient({ baseUrl: url.url, token: token.reveal(), dispatcher });
  return {
    tenantId,
    scim,
    client: createKnowBe4Client(scim),
    rate: raisedRate(stored),
    rateMax: stored.rateMax,
    inFlightMax: stored.inFlightMax,
    failures: stored.failures,
    record: restoreHealth(stored),
    close: () => dispatcher.close(),
  };
}

/** Two statements read all tenants that are opened at about the same time: 500 runs may begin at once. */
const readStored = groupCommit(readBlock, { blockMax: 100 });

function readBlock(tenantIds: readonly string[]): Promise<(Stored | null)[]> {
  const ids = [...new Set(tenantIds)];
  return transaction({ tenants: ids }, async (tx) => {
    await tx.$executeRaw`
      UPDATE credential SET used_at = now() WHERE tenant_id = ANY (${ids}::uuid[]) AND destroyed_at IS NULL`;
    const rows = await tx.$queryRaw<(Stored & { id: string })[]>`
      SELECT t.id, t.tenant_url AS "tenantUrl", t.rate, t.rate_max AS "rateMax",
             extract(epoch FROM now() - t.rate_at)::float * 1000 AS "cleanMs", t.in_flight_max AS "inFlightMax", t.failures,
             t.health_record AS "record", extract(epoch FROM now() - t.health_record_at)::float * 1000 AS "recordAgeMs",
             t.state = 'healthy' AND t.quarantined_at IS NOT NULL AS "isOnTrial",
             s.credential_id AS "credentialId", s.sealed
        FROM tenant t LEFT JOIN sealed_token s ON s.tenant_id = t.id
       WHERE t.id = ANY (${ids}::uuid[]) AND t.state <> 'disconnected'`;
    const stored = new Map(rows.map((row) => [row.id, row]));
    return tenantIds.map((id) => stored.get(id) ?? null);
  });
}
