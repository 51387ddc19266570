import { type Scope, systemScope } from "@/lib/auth/scope";
import type { OpeningKeyring } from "@/lib/crypto/open";
import { transaction } from "@/lib/db/transaction";
import { requestRead } from "@/lib/directory/mutations";
import { failRead, readDirectory, takeRead } from "@/lib/directory/read-directory";
import { closeRuns } from "@/lib/provisioning/close-runs";
import {
  confirmByLooking,
  confirmFromMirror,
  countDue,
  LOOKS_MAX,
  postponeConfirming,
} from "@/lib/provisioning/confirm";
import { runTenant } from "@/lib/provisioning/run-tenant";
import { recordTrouble, recordWell } from "@/lib/provisioning/tenant-verdict";
import { openTenant } from "@/lib/tenants/connect";
import { type OpenTenant, TenantClosedError } from "@/lib/tenants/open-tenant";
import { probeTenant } from "@/lib/tenants/probe-tenant";

export type WorkerContext = {
  /** Names this process in runs and logs. */
  worker: string;
  keyring: OpeningKeyring;
  /** Aborts when the process ends. */
  stop: AbortSignal;
};

/**
 * Does whatever is due in one tenant: a probe after connecting, a read, its runs, and looking back at what was
 * accepted. One after the other, so that the mirror never changes under a read. What comes up meanwhile is found by
 * the next job or by the sweep.
 */
export async function workTenant(context: WorkerContext, tenantId: string): Promise<void> {
  const scope = systemScope("worker", [tenantId]);
  const open = (id: string): Promise<OpenTenant> => openTenant(scope, context.keyring, id);
  const state = await findState(scope, tenantId);
  if (state === "disconnected") return closeRuns(scope, tenantId);
  if (state === "connecting" && (await probeTenant(scope, tenantId, open, context.stop))) {
    await requestRead(scope, { tenantId });
  } else if (state !== "healthy") {
    return;
  }
  await readIfDue(scope, tenantId, open, context.stop);
  await runTenant(scope, tenantId, context.worker, open, context.stop);
  await confirmIfDue(scope, tenantId, open, context.stop);
}

/** Null while the tenant is to be left alone: it asked for it, or it failed just now. */
async function findState(scope: Scope, tenantId: string): Promise<string | null> {
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ state: string }[]>`
    SELECT state FROM tenant WHERE id = ${tenantId}::uuid AND (cooldown_to IS NULL OR cooldown_to <= now())`,
  );
  return row?.state ?? null;
}

type Open = (tenantId: string) => Promise<OpenTenant>;

async function readIfDue(scope: Scope, tenantId: string, open: Open, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const read = await takeRead(scope, tenantId);
  if (!read) return;
  const tenant = await openOrRecord(scope, tenantId, open);
  if (!tenant) return failRead(scope, read, "no-token");
  const end = await readDirectory(scope, read, tenant.client, stop).finally(() => tenant.close());
  if (end.state === "complete") {
    await recordWell(scope, tenantId);
    await confirmFromMirror(scope, tenantId);
  }
  if (end.state === "failed") await recordTrouble(scope, tenantId, end.error);
}

async function confirmIfDue(scope: Scope, tenantId: string, open: Open, stop: AbortSignal): Promise<void> {
  const due = stop.aborted ? 0 : await countDue(scope, tenantId);
  if (due === 0) return;
  if (due > LOOKS_MAX) {
    await requestRead(scope, { tenantId });
    return readIfDue(scope, tenantId, open, stop);
  }
  const tenant = await openOrRecord(scope, tenantId, open);
  if (!tenant) return;
  try {
    await confirmByLooking(scope, tenantId, tenant.client, stop);
    await recordWell(scope, tenantId);
  } catch (error) {
    if (stop.aborted) return;
    await postponeConfirming(scope, tenantId);
    await recordTrouble(scope, tenantId, error);
  } finally {
    await tenant.close();
  }
}

async function openOrRecord(scope: Scope, tenantId: string, open: Open): Promise<OpenTenant | null> {
  try {
    return await open(tenantId);
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    await recordTrouble(scope, tenantId, error);
    return null;
  }
}
