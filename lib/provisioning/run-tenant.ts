import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { driveRun } from "@/lib/provisioning/drive-run";
import { endDrive } from "@/lib/provisioning/end-run";
import {
  extendLease,
  HEARTBEAT_MS,
  LEASE_MS,
  LeaseLostError,
  takeRun,
  type TakenRun,
} from "@/lib/provisioning/run-lease";
import { createTenantWatch, type TenantWatch } from "@/lib/provisioning/tenant-watch";
import { TenantClosedError, type OpenTenant } from "@/lib/tenants/open-tenant";

/** A tenant's runs give way to others after this long; what is left is due again at once. */
const TURN_MS = 60_000;

/**
 * Drives the runs of one tenant that are due, one after another, oldest first. Whatever happens inside stays inside:
 * a lost lease ends this holder in silence, because another one goes on.
 * @param open opens the tenant for one run: the only place where its token is in the clear.
 * @param stop the process is ending: finish what is in flight, send nothing more.
 */
export async function runTenant(
  scope: Scope,
  tenantId: string,
  worker: string,
  open: (tenantId: string) => Promise<OpenTenant>,
  stop: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    if (stop.aborted || performance.now() - startedAt > TURN_MS) return;
    const run = await takeRun(scope, tenantId, worker);
    if (!run) return;
    const hasEnded = await holdRun(scope, run, open, stop);
    if (!hasEnded) return;
  }
}

async function holdRun(
  scope: Scope,
  run: TakenRun,
  open: (tenantId: string) => Promise<OpenTenant>,
  stop: AbortSignal,
): Promise<boolean> {
  const tenant = await openForRun(scope, run, open);
  if (!tenant) return false;
  const watch = createTenantWatch(tenant.failures);
  const lease = keepLease(scope, run, watch);
  stop.addEventListener("abort", watch.stop, { once: true });
  // The tenant took a moment to open, and a signal that has fired does not fire again.
  if (stop.aborted) watch.stop();
  try {
    const { client, rate, inFlightMax } = tenant;
    await driveRun({ scope, run, client, rate, inFlightMax, watch, signal: lease.signal });
    return await endDrive(scope, run, watch.verdict());
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    log.warn({ runId: run.id, tenantId: run.tenantId, epoch: run.epoch }, "run taken by another worker");
    return false;
  } finally {
    stop.removeEventListener("abort", watch.stop);
    lease.release();
    await tenant.close();
  }
}

/** A tenant that cannot be opened is quarantined with the reason, and its run waits; it does not fail. */
async function openForRun(scope: Scope, run: TakenRun, open: (tenantId: string) => Promise<OpenTenant>) {
  try {
    return await open(run.tenantId);
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    await endDrive(scope, run, { kind: "quarantine", reason: error.reason });
    return null;
  }
}

/**
 * Keeps the lease while a drive goes on. When a heartbeat is late, requests are aborted half a second before the lease
 * ends, counted on a clock that never jumps and from when the heartbeat was sent (invariant I4): whoever takes the run
 * then finds no request of ours still under way.
 */
function keepLease(
  scope: Scope,
  run: TakenRun,
  watch: TenantWatch,
): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let expiry = expireAfter(LEASE_MS - 500);

  function expireAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => controller.abort(new LeaseLostError()), delayMs);
  }

  async function beat(): Promise<void> {
    const sentAt = performance.now();
    const answer = await extendLease(scope, run);
    clearTimeout(expiry);
    expiry = expireAfter(LEASE_MS - 500 - (performance.now() - sentAt));
    if (answer === "stopped") watch.stop();
  }

  const heart = setInterval(() => {
    beat().catch((error: unknown) => {
      // A database that is away for a moment costs nothing: the next beat may be in time. A lost lease is final.
      if (error instanceof LeaseLostError) {
        controller.abort(error);
        watch.fail(error);
      }
    });
  }, HEARTBEAT_MS);

  return {
    signal: controller.signal,
    release() {
      clearInterval(heart);
      clearTimeout(expiry);
    },
  };
}
