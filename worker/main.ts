import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { systemScope } from "@/lib/auth/scope";
import { loadWorkerKeys } from "@/lib/crypto/key-files";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { closeSender, startBoss } from "@/lib/queue/boss";
import { isOutdated } from "@/worker/outdated";
import { createPlanner } from "@/worker/planner";
import { createPresence } from "@/worker/presence";
import { registerJobs } from "@/worker/registry";
import { requireKnownKey } from "@/worker/require-known-key";
import { createScheduledSweep } from "@/worker/scheduled";
import { listDueTenants } from "@/lib/engine/run/due-tenants";
import { createTenantPool } from "@/worker/tenant-pool";
import { workTenant } from "@/worker/tenant-work";

/*
 * The worker: the only process that holds the private sealing key and the only one that talks to tenants. Any number
 * may run; leases and epochs in the database keep them apart.
 */
const SWEEP_MS = 1_000;

/**
 * A run that does not stop within this time (ms) is left to the next worker, which settles its operations by reading.
 */
const STOP_MS = 20_000;

const { DATABASE_URL, KEYS_DIR, WORKER_TENANTS_MAX } = env();
const worker = `${process.pid}-${randomUUID().slice(0, 8)}`;
const { openingKeyring } = loadWorkerKeys(KEYS_DIR);
await requireKnownKey(openingKeyring);
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort()).once("SIGINT", () => stop.abort());
/** Aborts when the database has a newer version's schema: this process then idles until it is restarted. */
const outdated = new AbortController();
const still = AbortSignal.any([stop.signal, outdated.signal]);

const pool = createTenantPool(WORKER_TENANTS_MAX, async (tenantId, woken) => {
  if (still.aborted) return;
  try {
    await workTenant({ worker, keyring: openingKeyring, stop: still, woken }, tenantId);
  } catch (err) {
    // Nothing is lost: the work stays due, and the next sweep finds it.
    log.error({ err, worker, tenantId }, "tenant work failed");
  }
});

const boss = await startBoss({ connectionString: DATABASE_URL, supervise: true, max: 4 });
const planner = createPlanner();
await registerJobs(boss, pool, planner);
log.info({ process: "worker", worker }, "working");

const scheduled = createScheduledSweep();
const presence = createPresence(worker);
while (!stop.signal.aborted) {
  await sweep();
  await wait(SWEEP_MS, undefined, { signal: stop.signal }).catch(() => undefined);
}

log.info({ process: "worker", worker }, "stopping");
await Promise.race([
  Promise.all([pool.drain(), scheduled.drain(), planner.stop()]),
  wait(STOP_MS, undefined, { ref: false }),
]);
await boss.stop({ graceful: false });
await closeSender();
await closeDatabase();
log.info({ process: "worker", worker }, "stopped");
process.exit(0);

async function sweep(): Promise<void> {
  if (outdated.signal.aborted) return;
  try {
    if (await isOutdated()) {
      log.warn({ worker }, "the database has a newer schema than this version; restart the worker");
      return outdated.abort();
    }
    scheduled.start();
    planner.start();
    const due = await listDueTenants(systemScope("worker", "all"));
    // After the work was found: a worker that cannot look for work is none.
    await presence.record();
    for (const tenantId of pool.inTurn(due)) {
      if (!pool.hasRoom()) return;
      void pool.run(tenantId);
    }
  } catch (err) {
    log.error({ err, worker }, "sweep failed, retrying");
  }
}
