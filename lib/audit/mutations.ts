import "server-only";
import { findAnchorsEnd } from "@/lib/audit/log/anchors";
import { appendEvent } from "@/lib/audit/log/append";
import { readSealKey } from "@/lib/audit/log/audit-key";
import type { Seal } from "@/lib/audit/log/chain";
import { toVerdictWords } from "@/lib/audit/verdict-words";
import { type Verified, verifyLog } from "@/lib/audit/log/verify-log";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { env } from "@/lib/env";

/** The most links one request may verify: a few seconds. `npm run audit:verify` verifies the whole log. */
const LINKS_MAX = 100_000;

/** `words`: the verdict for people. */
export type VerifyReport = { isWhole: boolean; words: string; isPartial: boolean };

/**
 * Verifies the newest part of the log in this process, with the public key and read-only rights, and records the
 * result as an event.
 */
export async function verifyAudit(scope: Scope): Promise<VerifyReport> {
  authorize(scope, "audit.verify");
  const { KEYS_DIR, AUDIT_ANCHOR_FILE } = env();
  // Anchors that this process cannot read prove nothing to it, as if they were not there.
  const end = await findAnchorsEnd(AUDIT_ANCHOR_FILE).catch(() => null);
  const verified = await verifyLog(scope, {
    key: readSealKey(KEYS_DIR),
    anchors: one(end?.newest ?? null),
    anchorsDue: "newest",
    linksMax: LINKS_MAX,
  });
  const report = toReport(verified);
  await transaction(scope, (tx) =>
    appendEvent(tx, scope, {
      action: "audit.verified",
      target: verified.since ? `audit log since seal ${verified.since.number}` : "audit log",
      result: report.isWhole ? "whole" : "broken",
      details: { ...verified.verdict.tally, found: report.words },
    }),
  );
  return report;
}

function toReport({ verdict, since }: Verified): VerifyReport {
  return {
    isWhole: verdict.ok,
    words: toVerdictWords(verdict, since),
    isPartial: since !== null,
  };
}

async function* one(anchor: Seal | null): AsyncGenerator<Seal> {
  if (anchor) yield anchor;
}

type Export = { list: string; tenantId?: string; changeId?: string; filters: Record<string, string> };

/**
 * Records an export before the first row leaves: an interrupted export counts too. The log's own export has an action
 * of its own.
 */
export async function recordExport(scope: Scope, exported: Export): Promise<void> {
  authorize(scope, "list.export", exported.tenantId === undefined ? [] : [exported.tenantId]);
  const { list, tenantId, changeId, filters } = exported;
  await transaction(scope, (tx) =>
    appendEvent(tx, scope, {
      action: list === "events" ? "audit.exported" : "list.exported",
      tenantId,
      changeId,
      target: list,
      result: "ok",
      details: { filters },
    }),
  );
}
