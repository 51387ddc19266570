import "server-only";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import type { Transaction } from "@/lib/db/transaction";

const PURPOSE = "audit";

/**
 * Binds this database to the first key that seals it: a log signed by two keys would verify with neither. Runs under
 * the lock of the chain.
 * @throws SealRefusedError naming both keys where another key sealed it.
 */
export async function claimAuditKey(tx: Transaction, keyId: string): Promise<void> {
  // Read first: every round except the first finds the key already recorded.
  const claimed = (await findClaim(tx)) ?? (await claim(tx, keyId));
  if (claimed === keyId) return;
  throw new SealRefusedError(
    `This database is sealed with key ${claimed}, but the sealer was started with key ${keyId}.`,
  );
}

async function findClaim(tx: Transaction): Promise<string | null> {
  const row = await tx.installation.findUnique({ where: { purpose: PURPOSE } });
  return row?.keyId ?? null;
}

/** The web process records the public half too, and may have done so first. */
async function claim(tx: Transaction, keyId: string): Promise<string | null> {
  await tx.installation.createMany({ data: [{ purpose: PURPOSE, keyId }], skipDuplicates: true });
  return findClaim(tx);
}
