import { systemScope } from "@/lib/auth/scope";
import type { OpeningKeyring } from "@/lib/crypto/open";
import { transaction } from "@/lib/db/transaction";

/**
 * Refuses to start with a keyring that cannot open this installation's sealed tokens. Otherwise every tenant would be
 * quarantined, one by one, for our mistake.
 * @throws Error that names the file and the fix.
 */
export async function requireKnownKey(keyring: OpeningKeyring): Promise<void> {
  const installed = await transaction(systemScope("worker", []), (tx) =>
    tx.installation.findUnique({ where: { purpose: "sealing" }, select: { keyId: true } }),
  );
  if (!installed || keyring.has(installed.keyId)) return;
  throw new Error(
    "worker/sealing.private.json in KEYS_DIR cannot open this database's tokens. Nothing was " +
      "started. Restore the first key file, or add its key to the file.",
  );
}
