import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/** The keys whose loss or replacement would go unnoticed until a tenant's token or the audit log is needed. */
export type KeyPurpose = "sealing" | "audit" | "fingerprint";

/**
 * Compares a process's key ids with those this database was first used with; the first process to name a key records
 * it. The database refuses to change one.
 * @returns the purpose of a key that differs, or null
 */
export async function findWrongKey(
  tx: Transaction,
  keyIds: Partial<Record<KeyPurpose, string>>,
): Promise<KeyPurpose | null> {
  const given = Object.entries(keyIds) as [KeyPurpose, string][];
  await tx.installation.createMany({
    data: given.map(([purpose, keyId]) => ({ purpose, keyId })),
    skipDuplicates: true,
  });
  const rows = await tx.installation.findMany({ select: { purpose: true, keyId: true } });
  const first = new Map(rows.map((row) => [row.purpose, row.keyId]));
  return given.find(([purpose, keyId]) => first.get(purpose) !== keyId)?.[0] ?? null;
}
