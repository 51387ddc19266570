import { setTimeout as delay } from "node:timers/promises";
import { syncGroups } from "./sync-groups";
import { addReportLine, isEmptySync, newSync, type Sync } from "./sync-record";
import { type SyncPass, syncUsers } from "./sync-users";
import { newTouched, stopTimer, type Tenant, type Touched } from "./tenant";
import type { World } from "./world";

/** The number of syncs that a tenant keeps. */
const syncsMax = 200;

/** Records a write over SCIM: the record is touched, and a sync is Pending until the timer or a force runs it. */
export function noteWrite(world: World, tenant: Tenant, kind: keyof Touched, id: string): void {
  tenant.touched[kind].add(id);
  expectSync(tenant);
  world.onChange();
}

/** Ensures that a sync is Pending. */
export function expectSync(tenant: Tenant): void {
  tenant.pending ??= addSync(tenant);
}

/** Restarts the tenant's timer with its current interval. */
export function restartTimer(world: World, tenant: Tenant): void {
  stopTimer(tenant);
  const { syncEverySeconds } = tenant.settings;
  tenant.timer =
    syncEverySeconds === 0 ? null : setInterval(() => onTimer(world, tenant), syncEverySeconds * 1000);
  // A timer alone must not keep the process alive.
  tenant.timer?.unref();
}

/**
 * Force Sync Now. Skipped at once while another sync is Processing; otherwise resolves when this one is
 * Completed, or Skipped because nothing had changed.
 */
export async function forceSync(world: World, tenant: Tenant): Promise<Sync> {
  if (tenant.running !== null) {
    const skipped = addSync(tenant);
    skipped.forced = true;
    skip(skipped, "Another sync is running.");
    world.onChange();
    return skipped;
  }
  return runSync(world, tenant, true);
}

/** Like forceSync, after the running sync: when it resolves, everything accepted before the call is applied. */
export async function forceSyncInTurn(world: World, tenant: Tenant): Promise<Sync> {
  while (tenant.running !== null) await tenant.running.done;
  return runSync(world, tenant, true);
}

function onTimer(world: World, tenant: Tenant): void {
  if (tenant.pending === null || tenant.running !== null) return;
  void runSync(world, tenant, false);
}

function runSync(world: World, tenant: Tenant, isForced: boolean): Promise<Sync> {
  const sync = tenant.pending ?? addSync(tenant);
  tenant.pending = null;
  Object.assign(sync, {
    status: "Processing",
    forced: isForced,
    testMode: tenant.settings.testMode,
    startedAt: new Date().toISOString(),
  });
  const carried = tenant.touched;
  // In Test Mode nothing is applied, so the same ids wait for the first sync outside it.
  tenant.touched = sync.testMode ? copyTouched(carried) : newTouched();
  const done = carry(world, tenant, sync, carried);
  tenant.running = { sync, carried, done };
  return done;
}

async function carry(world: World, tenant: Tenant, sync: Sync, carried: Touched): Promise<Sync> {
  // At least one turn of the event loop, so that `running` is set before it is cleared.
  await delay(tenant.settings.processingMs, undefined, { ref: false });
  if (world.tenants.get(tenant.slug) !== tenant) return sync;
  const pass: SyncPass = {
    world,
    tenant,
    sync,
    nowMs: Date.now(),
    isDry: sync.testMode,
    createdIds: new Set(),
  };
  const isIdle = carried.users.size + carried.groups.size === 0;
  syncUsers(pass, carried.users);
  syncGroups(pass, carried.groups);
  tenant.running = null;
  if (isIdle && isEmptySync(sync)) skip(sync, "Nothing changed.");
  else Object.assign(sync, { status: "Completed", finishedAt: new Date().toISOString() });
  world.onChange();
  return sync;
}

function skip(sync: Sync, reason: string): void {
  sync.status = "Skipped";
  sync.finishedAt = new Date().toISOString();
  addReportLine(sync, { level: "info", code: "skipped", subject: "", message: reason });
}

function addSync(tenant: Tenant): Sync {
  tenant.syncCount += 1;
  const sync = newSync(`sync-${tenant.syncCount}`, Date.now());
  tenant.syncs.push(sync);
  if (tenant.syncs.length > syncsMax) tenant.syncs.shift();
  return sync;
}

function copyTouched(touched: Touched): Touched {
  return { users: new Set(touched.users), groups: new Set(touched.groups) };
}
