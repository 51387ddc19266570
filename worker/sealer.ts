import { toSealKey, toSealSigner } from "@/lib/audit/log/audit-key";
import { sealOnce } from "@/lib/audit/log/seal-once";
import { systemScope } from "@/lib/auth/scope";
import { loadSealerKeys } from "@/lib/crypto/key-files";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { createSealAlarm } from "@/worker/seal-alarm";
import { runSealLoop } from "@/worker/seal-loop";

/*
 * The sealer: the one process that holds the signing key of the audit log. It reads events, writes links and seals,
 * opens an issue where it may not seal, and can do nothing else. An attacker in the web process or a worker can add events but cannot sign a false past.
 */
const INTERVAL_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;

const { KEYS_DIR, AUDIT_ANCHOR_FILE } = env();
const { auditPrivateKey, auditPublicKey } = loadSealerKeys(KEYS_DIR);
const sealing = {
  signer: toSealSigner(auditPrivateKey),
  key: toSealKey(auditPublicKey),
  anchorFile: AUDIT_ANCHOR_FILE,
};
const scope = systemScope("sealer", "all");

const stop = new AbortController();
process.once("SIGTERM", () => stop.abort()).once("SIGINT", () => stop.abort());

log.info({ process: "sealer" }, "sealing");
await runSealLoop({
  alarm: createSealAlarm(scope),
  seal: () => sealOnce(scope, sealing, new Date()),
  signal: stop.signal,
  intervalMs: INTERVAL_MS,
  backoffMaxMs: BACKOFF_MAX_MS,
});
await closeDatabase();
log.info({ process: "sealer" }, "stopped");
