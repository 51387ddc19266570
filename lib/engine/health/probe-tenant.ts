import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvents } from "@/lib/audit/log/append";
import type { AuditEvent } from "@/lib/audit/log/events";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import { probe, type ProbeResult } from "@/lib/knowbe4/probe";
import { TRIAL } from "@/lib/tenants/health";
import { resolveIssuesOfTenant, replaceIssue } from "@/lib/issues/open-issue";
import { type OpenTenant, TenantClosedError } from "@/lib/tenants/open-tenant";
import { probeDelayMs, toNextWords } from "@/lib/engine/health/probe-delay";

type Open = (tenantId: string) => Promise<OpenTenant>;
type ProbedState = "connecting" | "quarantined";
type Probed = { result: ProbeResult | null; failure: CatalogueCode | null };

/** A probe that takes longer counts as dead, and another worker probes. Its four reads may take 30 s each. */
const RESERVED_MINUTES = 3;

/**
 * Probes a connecting tenant without writing to it. It becomes healthy when it answers as a SCIM server should, else
 * it is quarantined with the first check that failed.
 */
export async function probeTenant(
  scope: Scope,
  tenantId: string,
  open: Open,
  signal: AbortSignal,
): Promise<boolean> {
  requireSystem(scope);
  return recordProbe(scope, tenantId, "connecting", await tryTenant(tenantId, open, signal));
}

/**
 * Probes a quarantined tenant whose probe is due: the only way out of quarantine without a person. The due time is
 * moved first, so that exactly one worker probes. Where too many writes were refused, successful reads do not prove
 * that writes would work: the tenant is then healthy on trial, and its next operations decide.
 */
export async function probeQuarantined(
  scope: Scope,
  tenantId: string,
  open: Open,
  signal: AbortSignal,
): Promise<boolean> {
  requireSystem(scope);
  const reserved = await transaction(
    scope,
    (tx) => tx.$executeRaw`
      UPDATE tenant SET probe_next_at = now() + ${RESERVED_MINUTES} * interval '1 minute'
       WHERE id = ${tenantId}::uuid AND state = 'quarantined' AND probe_next_at <= now()`,
  );
  if (reserved === 0) return false;
  return recordProbe(scope, tenantId, "quarantined", await tryTenant(tenantId, open, signal));
}

async function tryTenant(tenantId: string, open: Open, signal: AbortSignal): Promise<Probed> {
  try {
    const tenant = await open(tenantId);
    try {
      const result = await probe(tenant.scim, { signal, now: new Date() });
      return { result, failure: result.steps.find(({ state }) => state === "failed")?.code ?? null };
    } finally {
      await tenant.close();
    }
  } catch (error) {
    if (!(error instanceof TenantClosedError)) throw error;
    return { result: null, failure: error.reason };
  }
}

type Standing = {
  name: string;
  reason: CatalogueCode | null;
  probes: number;
  quarantinedAt: Date | null;
  quarantinedMs: number | null;
};

/** Compare-and-set on the probed state: an operator's pause in the meantime wins. */
async function recordProbe(
  scope: Scope,
  tenantId: string,
  from: ProbedState,
  { result, failure }: Probed,
): Promise<boolean> {
  return transaction(scope, async (tx) => {
    const [tenant] = await tx.$queryRaw<Standing[]>`
      SELECT name, reason, probes, quarantined_at AS "quarantinedAt",
             extract(epoch FROM now() - quarantined_at)::float * 1000 AS "quarantinedMs" FROM tenant
       WHERE id = ${tenantId}::uuid AND state = ${from} FOR NO KEY UPDATE`;
    if (!tenant) return false;
    if (result) {
      await tx.$executeRaw`
        UPDATE tenant SET probe = ${JSON.stringify(result)}::jsonb, probed_at = now() WHERE id = ${tenantId}::uuid`;
    }
    const isTrial = from === "quarantined" && tenant.reason === "failing-run";
    if (failure) await keepOut(tx, scope, tenantId, { ...tenant, from, failure });
    else if (isTrial) await letInOnTrial(tx, scope, tenantId);
    else await letIn(tx, scope, tenantId);
    await appendEvents(tx, scope, toEvents(tenantId, tenant, { result, failure, isTrial }));
    return failure === null;
  });
}

async function letIn(tx: Transaction, scope: Scope, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE tenant SET state = 'healthy', reason = NULL, reason_at = NULL, failures = 0, cooldown_to = NULL,
           quarantined_at = NULL, probe_next_at = NULL, probes = 0, health_record = NULL, health_record_at = NULL WHERE id = ${tenantId}::uuid`;
  await tx.$executeRaw`UPDATE credential SET rejected_at = NULL WHERE tenant_id = ${tenantId}::uuid AND destroyed_at IS NULL`;
  await resolveIssuesOfTenant(tx, scope, { tenantId, subject: "connection" });
}

/**
 * Keeps the quarantine's start, its count of probes and its issue: all continue if the trial fails, and end when an
 * operation is accepted (lib/engine/health/store-health.ts).
 */
async function letInOnTrial(tx: Transaction, scope: Scope, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE tenant SET state = 'healthy', reason = NULL, reason_at = NULL, failures = 0, cooldown_to = NULL, probe_next_at = NULL,
           probes = probes + 1, health_record = ${JSON.stringify(TRIAL)}::jsonb, health_record_at = now() WHERE id = ${tenantId}::uuid`;
  const detail =
    "It is on trial: if its next operation is refused, it is quarantined again; if accepted, it is healthy.";
  await replaceIssue(tx, scope, { tenantId, code: "failing-run", subject: "connection", detail });
}

/**
 * Quarantines a tenant, or keeps it there. A transient fault leaves the original cause, which is what needs
 * attention. A quarantine that a person has just retried starts again, with all its probes.
 */
async function keepOut(
  tx: Transaction,
  scope: Scope,
  tenantId: string,
  { from, failure, reason, probes, quarantinedMs }: Standing & { from: ProbedState; failure: CatalogueCode },
): Promise<void> {
  const isByItself = from === "quarantined";
  const code = isByItself && reason && isCuredBy(failure, "wait") ? reason : failure;
  const done = isByItself ? probes + 1 : 0;
  const delayMs = probeDelayMs(done, isByItself ? (quarantinedMs ?? 0) : 0);
  await tx.$executeRaw`
    UPDATE tenant SET state = 'quarantined', reason = ${code}, reason_at = CASE WHEN reason = ${code} THEN reason_at ELSE now() END,
           failures = 0, cooldown_to = NULL, probes = ${done},
           quarantined_at = CASE WHEN ${isByItself} THEN coalesce(quarantined_at, now()) ELSE now() END,
           probe_next_at = now() + ${delayMs}::double precision * interval '1 ms'
     WHERE id = ${tenantId}::uuid`;
  if (failure === "token-rejected") {
    await tx.$executeRaw`UPDATE credential SET rejected_at = now() WHERE tenant_id = ${tenantId}::uuid AND destroyed_at IS NULL`;
  }
  const tried = `The last probe failed${done > 0 ? ` (automatic probe ${done})` : ""}.`;
  const detail = `Nothing is sent. ${tried} ${toNextWords(code, delayMs)}`;
  await replaceIssue(tx, scope, { tenantId, code, subject: "connection", detail });
}

function toEvents(
  tenantId: string,
  tenant: Standing,
  { result, failure, isTrial }: Probed & { isTrial: boolean },
): AuditEvent[] {
  const probed: AuditEvent = {
    action: "tenant.probed",
    tenantId,
    target: result?.capabilities.answeredBy ?? "tenant",
    result: failure ?? "ok",
    after: { state: failure ? "quarantined" : isTrial ? "on trial" : "healthy" },
    details: { steps: result?.steps.map((step) => `${step.name}: ${step.state}`) ?? [] },
  };
  if (failure || isTrial || tenant.quarantinedAt === null) return [probed];
  const before = { state: "quarantined", reason: tenant.reason };
  return [probed, { action: "tenant.recovered", tenantId, target: tenant.name, result: "ok", before }];
}
