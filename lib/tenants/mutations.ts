import "server-only";
import { randomUUID } from "node:crypto";
import { appendEvent, appendEvents } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import { can } from "@/lib/auth/permissions";
import type { Scope } from "@/lib/auth/scope";
import { shortFingerprint } from "@/lib/crypto/fingerprint";
import { type Reach, transaction } from "@/lib/db/transaction";
import { env, isLoopbackAllowed } from "@/lib/env";
import { AppError, refuse } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { destroyCredentials, sealCredential, storeCredential } from "@/lib/tenants/credentials";
import { findLoosened } from "@/lib/tenants/loosening";
import { passCutOver } from "@/lib/tenants/cut-over";
import { isCutOver } from "@/lib/tenants/cut-over-gate";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { lockTenant } from "@/lib/tenants/lock-tenant";
import type {
  ConnectTenant,
  DisconnectTenant,
  PauseTenant,
  ReplaceToken,
  SetMode,
  UpdateTenant,
} from "@/lib/tenants/schema";
import { tenantCan } from "@/lib/tenants/tenant-can";
import { parseTenantUrl } from "@/lib/tenants/tenant-url";
import type { TenantMode } from "@/lib/tenants/types";

/**
 * Connects a tenant: stores its URL and its sealed token, and asks a worker to probe it. Connecting writes nothing to
 * the tenant; it starts in `observe`.
 * @returns the new tenant's id.
 */
export async function connectTenant(scope: Scope, input: ConnectTenant): Promise<{ tenantId: string }> {
  authorize(scope, "tenant.connect");
  const url = parseTenantUrl(input.tenantUrl, {
    loopback: isLoopbackAllowed(),
    hostSuffixes: env().TENANT_HOST_SUFFIXES,
  });
  if (!url.ok) throw new AppError("invalid", url.message, { tenantUrl: url.message });
  const tenantId = randomUUID();
  const credential = await sealCredential(tenantId, input.token);
  const { actor } = scope;
  await transaction(withTenant(scope, tenantId), async (tx) => {
    await tx.tenant.createMany({
      data: { id: tenantId, name: input.name, tenantUrl: url.url, domains: input.domains },
    });
    await storeCredential(tx, scope, tenantId, credential);
    if (actor.kind === "operator" && actor.role === "technician") {
      await tx.tenantGrant.createMany({ data: { operatorId: actor.id, tenantId } });
    }
    await appendEvents(tx, scope, [
      {
        action: "tenant.connected",
        tenantId,
        target: input.name,
        result: "ok",
        after: { url: url.url, domains: input.domains, mode: "observe" },
      },
      { action: "token.sealed", tenantId, target: shortFingerprint(credential.fingerprint), result: "ok" },
    ]);
    await enqueue(tx, tenantWorkJob, { tenantId });
  });
  return { tenantId };
}

/** Replaces the token and has the tenant probed again; waiting work resumes when it answers. */
export async function replaceToken(scope: Scope, input: ReplaceToken): Promise<void> {
  authorize(scope, "tenant.manage", [input.tenantId]);
  const credential = await sealCredential(input.tenantId, input.token);
  await transaction(scope, async (tx) => {
    await lockTenant(tx, input.tenantId);
    await storeCredential(tx, scope, input.tenantId, credential);
    // A paused tenant stays paused: a new token is no permission to send.
    await tx.$executeRaw`
      UPDATE tenant SET state = 'connecting', failures = 0, cooldown_to = NULL WHERE id = ${input.tenantId}::uuid AND state <> 'paused'`;
    await appendEvent(tx, scope, {
      action: "token.replaced",
      tenantId: input.tenantId,
      target: shortFingerprint(credential.fingerprint),
      result: "ok",
      reason: input.reason,
    });
    await enqueue(tx, tenantWorkJob, { tenantId: input.tenantId });
  });
}

/** Pauses a tenant: nothing is sent to it, not even a read. A run in progress stops at its next heartbeat. */
export async function pauseTenant(scope: Scope, input: PauseTenant): Promise<void> {
  authorize(scope, "tenant.manage", [input.tenantId]);
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, input.tenantId);
    if (tenantCan.pause.isDone(tenant)) return;
    refuse(tenantCan.pause.whyNot(tenant));
    await tx.tenant.updateMany({ where: { id: input.tenantId }, data: { state: "paused" } });
    await appendEvent(tx, scope, {
      action: "tenant.paused",
      tenantId: input.tenantId,
      target: tenant.name,
      result: "ok",
      reason: input.reason,
      before: { state: tenant.state },
      after: { state: "paused" },
    });
  });
}

/** Has a paused or quarantined tenant probed again; it is healthy once it answers. */
export async function resumeTenant(scope: Scope, input: { tenantId: string }): Promise<void> {
  authorize(scope, "tenant.manage", [input.tenantId]);
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, input.tenantId);
    if (tenantCan.resume.isDone(tenant)) return;
    refuse(tenantCan.resume.whyNot(tenant));
    await tx.tenant.updateMany({
      where: { id: input.tenantId },
      data: { state: "connecting", failures: 0, cooldownTo: null },
    });
    await appendEvent(tx, scope, {
      action: "tenant.resumed",
      tenantId: input.tenantId,
      target: tenant.name,
      result: "ok",
      before: { state: tenant.state },
      after: { state: "connecting" },
    });
    await enqueue(tx, tenantWorkJob, { tenantId: input.tenantId });
  });
}

/**
 * Sets who the tenant's SCIM source is. Any step towards Rollcall being the source passes the cut-over gate, because
 * a source that holds less than the console archives the rest (KnowBe4 SCIM guide). Back to `observe` requires the
 * gate again and ends automatic reconciling.
 */
export async function setMode(scope: Scope, input: SetMode): Promise<void> {
  authorize(scope, "tenant.mode", [input.tenantId]);
  await transaction(scope, async (tx) => {
    const { tenantId, mode } = input;
    const tenant = await lockTenant(tx, tenantId);
    const testMode = input.testMode === "unknown" ? null : input.testMode === "on";
    const counted = isCutOver(tenant.mode as TenantMode, mode)
      ? await passCutOver(tx, { ...tenant, testMode }, input)
      : undefined;
    const signature = counted ? toSignature(scope) : mode === "observe" ? unsigned : {};
    await tx.tenant.updateMany({ where: { id: tenantId }, data: { mode, testMode, ...signature } });
    await appendEvent(tx, scope, {
      action: "tenant.mode_changed",
      tenantId,
      target: tenant.name,
      result: "ok",
      reason: input.reason,
      before: { mode: tenant.mode, testMode: tenant.testMode, reconciles: tenant.reconciles },
      after: { mode, testMode, reconciles: tenant.reconciles && mode !== "observe" },
      details: counted,
    });
  });
}

const unsigned = { signedAt: null, signedById: null, reconciles: false, reconciledById: null };

function toSignature({ actor }: Scope) {
  return { signedAt: new Date(), signedById: actor.kind === "operator" ? actor.id : null };
}

/**
 * Updates the name, the domains and the rate. A technician may tighten them; to add a domain or to raise the pace takes an
 * owner, as the tenant's other safety limits do (setRails).
 */
export async function updateTenant(scope: Scope, input: UpdateTenant): Promise<void> {
  authorize(scope, "tenant.manage", [input.tenantId]);
  await transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, input.tenantId);
    refuseToLoosen(scope, findLoosened(tenant, input));
    const { tenantId, rate, ...given } = input;
    const after = { ...given, rateMax: rate };
    // The found rate belonged to the old limit: it starts at the new one and adapts again.
    await tx.tenant.updateMany({ where: { id: tenantId }, data: { ...after, rate, rateAt: new Date() } });
    const { name, domains, rateMax, inFlightMax, visibleInMinutes } = tenant;
    await appendEvent(tx, scope, {
      action: "tenant.limits_changed",
      tenantId,
      target: input.name,
      result: "ok",
      before: { name, domains, rateMax, inFlightMax, visibleInMinutes },
      after,
    });
  });
}

function refuseToLoosen({ actor }: Scope, fields: readonly string[]): void {
  const [field] = fields;
  if (!field || (actor.kind === "operator" && can(actor.role, "rails.manage"))) return;
  const message =
    "This would allow more than before: a new domain, or a faster pace. Nothing was saved. Ask an owner to set it; you can tighten it yourself.";
  throw new AppError("forbidden", message, { [field]: message });
}

/** Destroys the token and keeps the history. Unsent operations are cancelled with that reason. */
export async function disconnectTenant(scope: Scope, input: DisconnectTenant): Promise<void> {
  authorize(scope, "tenant.disconnect", [input.tenantId]);
  await transaction(scope, async (tx) => {
    const { tenantId } = input;
    const tenant = await lockTenant(tx, tenantId);
    if (tenant.name !== input.name) {
      const message =
        "The name does not match this tenant's. Nothing was disconnected. Type it as the top of the page shows it.";
      throw new AppError("invalid", message, { name: message });
    }
    await destroyCredentials(tx, tenantId);
    await tx.tenant.updateMany({
      where: { id: tenantId },
      data: { state: "disconnected", mode: "observe", disconnectedAt: new Date(), reason: null, ...unsigned },
    });
    await appendEvent(tx, scope, {
      action: "tenant.disconnected",
      tenantId,
      target: tenant.name,
      result: "ok",
      reason: input.reason,
    });
    await appendEvent(tx, scope, {
      action: "token.destroyed",
      tenantId,
      target: tenant.name,
      result: "ok",
      reason: input.reason,
    });
    // A worker ends unsent work: runs belong to a domain that this one does not know.
    await enqueue(tx, tenantWorkJob, { tenantId });
  });
}

/** Shows the last characters of the current token's fingerprint, and records who looked. */
export async function viewFingerprint(
  scope: Scope,
  input: { tenantId: string },
): Promise<{ fingerprint: string | null }> {
  authorize(scope, "tenant.manage", [input.tenantId]);
  return transaction(scope, async (tx) => {
    const tenant = await lockTenant(tx, input.tenantId);
    const credential = await tx.credential.findFirst({
      where: { tenantId: input.tenantId, destroyedAt: null },
      select: { fingerprint: true },
    });
    const fingerprint = credential ? shortFingerprint(credential.fingerprint) : null;
    await appendEvent(tx, scope, {
      action: "token.fingerprint_viewed",
      tenantId: input.tenantId,
      target: tenant.name,
      result: fingerprint ?? "none",
    });
    return { fingerprint };
  });
}

/** A new tenant is not in the scope yet; its first transaction must reach it too. */
function withTenant(scope: Scope, tenantId: string): Reach {
  return scope.tenants === "all" ? scope : { actor: scope.actor, tenants: [...scope.tenants, tenantId] };
}
