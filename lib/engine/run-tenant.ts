import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { driveRun } from "@/lib/engine/drive-run";
import { endDrive } from "@/lib/engine/end-run";
import { holdLease } from "@/lib/engine/run/held-leases";
import { createHealthStore } from "@/lib/engine/health/store-health";
import { takeRun } from "@/lib/engine/run/run-lease";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";
import { createCircuitBreaker } from "@/lib/engine/health/circuit-breaker";
import { TenantClosedError, type OpenTenant } from "@/lib/tenants/open-tenant";

/** After this long a tenant's runs yield to others; the rest is due again at once. */
const TURN_MS = 60_000;

/** The process that drives runs. */
type Driver = {
  /** Names the process in runs and logs. */
  worker: string;
  /** Opens the tenant for one run: the only place where its token is in clear text. */
  open: (tenantId: string) => Promise<OpenTenant>;
  /** The process is ending: finish what is in flight, send nothing more. */
  stop: AbortSignal;
};

/**
 * Drives the due runs of one tenant, one after another, oldest first. Never throws: a lost lease ends this holder
 * silently, because another one continues.
 */
export async function runTenant(scope: Scope, tenantId: string, driver: Driver): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    if (driver.stop.aborted || performance.now() - startedAt > TURN_MS) return;
    const run = await takeRun(scope, tenantId, driver.worker);
    if (!run) return;
    const hasEnded = await holdRun(scope, run, driver);
    if (!hasEnded) return;
  }
}

async function holdRun(scope: Scope, run: TakenRun, { open, stop }: Driver): Promise<boolean> {
  const tenant = await openForRun(scope, run, open);
  if (!tenant) return false;
  const { client, rate, rateMax, inFlightMax, failures, record } = tenant;
  const keep = createHealthStore(run, () => watch.record());
  const watch = createCircuitBreaker({
    failures,
    record,
    onTrouble: () => void keep(),
    now: () => performance.now(),
    random: Math.random,
  });
  const halted = new AbortController();
  function halt(): void {
    watch.stop();
    halted.abort();
  }
  const lease = holdLease(run, halt, watch.fail);
  const ends = AbortSignal.any([lease.signal, halted.signal]);
  stop.addEventListener("abort", halt, { once: true });
  // Opening the tenant took a moment; a signal that aborted meanwhile does not fire again.
  if (stop.aborted) halt();
  try {
    await driveRun({
      scope,
      run,
      client,
      rate,
      rateMax,
      inFlightMax,
      watch,
      signal: lease.signal,
      halt: ends,
    });
    return await endDrive(scope, run, watch.verdict());
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    log.warn({ runId: run.id, tenantId: run.tenantId, epoch: run.epoch }, "run taken by another worker");
    return false;
  } finally {
    stop.removeEventListener("abort", halt);
    lease.release();
    await tenant.close();
  }
}

/** A tenant that cannot be opened is quarantined with the reason; its run waits and does not fail. */
async function openForRun(scope: Scope, run: TakenRun, open: Driver["open"]) {
  try {
    return await open(run.tenantId);
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    await endDrive(scope, run, { kind: "quarantine", reason: error.reason });
    return null;
  }
}
