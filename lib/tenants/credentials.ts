import "server-only";
import { randomUUID } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import { webKeys } from "@/lib/auth/web-keys";
import { fingerprintSecret } from "@/lib/crypto/fingerprint";
import { sealToken } from "@/lib/crypto/seal";
import { Secret } from "@/lib/crypto/secret";
import type { Transaction } from "@/lib/db/transaction";

export type SealedCredential = { id: string; fingerprint: string; sealed: string };

/**
 * Seals a token for one credential of one tenant. The web process cannot open it again: it has only the public key.
 * Call this before the transaction, because key agreement does not belong inside one.
 */
export async function sealCredential(tenantId: string, token: string): Promise<SealedCredential> {
  const keys = webKeys();
  const id = randomUUID();
  const secret = new Secret(token);
  const sealed = await sealToken(keys.sealingPublicKey, secret, { tenantId, credentialId: id });
  return { id, sealed, fingerprint: fingerprintSecret(keys.fingerprintKey, secret) };
}

/**
 * Replaces the tenant's sealed token and destroys the old one in the same transaction: KnowBe4 accepts one token per
 * account, so an old one is useful only to a thief.
 */
export async function storeCredential(
  tx: Transaction,
  scope: Scope,
  tenantId: string,
  credential: SealedCredential,
): Promise<void> {
  const destroyed = await destroyCredentials(tx, tenantId);
  // Statements that return nothing, because this role may not read the column it writes.
  await tx.$executeRaw`
    INSERT INTO credential (id, tenant_id, version, fingerprint, created_by)
    VALUES (${credential.id}::uuid, ${tenantId}::uuid, ${destroyed + 1}, ${credential.fingerprint}, ${scope.actor.name})`;
  await tx.$executeRaw`
    INSERT INTO sealed_token (credential_id, tenant_id, sealed)
    VALUES (${credential.id}::uuid, ${tenantId}::uuid, ${credential.sealed})`;
}

/**
 * Deletes every sealed token of the tenant.
 * @returns the highest version the tenant has had.
 */
export async function destroyCredentials(tx: Transaction, tenantId: string): Promise<number> {
  await tx.$executeRaw`DELETE FROM sealed_token WHERE tenant_id = ${tenantId}::uuid`;
  await tx.$executeRaw`
    UPDATE credential SET destroyed_at = now() WHERE tenant_id = ${tenantId}::uuid AND destroyed_at IS NULL`;
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    SELECT coalesce(max(version), 0)::int AS version FROM credential WHERE tenant_id = ${tenantId}::uuid`;
  return row?.version ?? 0;
}
