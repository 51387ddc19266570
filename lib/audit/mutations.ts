import "server-only";
import { findNewestAnchor } from "@/lib/audit/log/anchors";
import { appendEvent } from "@/lib/audit/log/append";
import { readSealKey } from "@/lib/audit/log/audit-key";
import type { Seal } from "@/lib/audit/log/chain";
import { toVerdictWords } from "@/lib/audit/verdict-words";
import { type Verified, verifyLog } from "@/lib/audit/log/verify-log";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { env } from "@/lib/env";

/** What one press of a button may read: a few seconds. The whole log is for `npm run audit:verify`. */
const LINKS_MAX = 100_000;

/** `words`: the verdict for people. `isAnchored`: the newest anchor was in reach and was compared. */
export type VerifyReport = { isWhole: boolean; words: string; isAnchored: boolean; isPartial: boolean };

/**
 * Verifies the newest part of the log in this process, with the public key and rights to read alone, and writes
 * down that it was done and what it showed.
 */
export async function verifyAudit(scope: Scope): Promise<VerifyReport> {
  authorize(scope, "audit.verify");
  const { KEYS_DIR, AUDIT_ANCHOR_FILE } = env();
  // The file may be on another machine, or closed to this process: then the rest is verified all the same.
  const anchor = await findNewestAnchor(AUDIT_ANCHOR_FILE).catch(() => null);
  const verified = await verifyLog(scope, {
    key: readSealKey(KEYS_DIR),
    anchors: one(anchor),
    linksMax: LINKS_MAX,
  });
  const report = toReport(verified, anchor !== null);
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

function toReport({ verdict, since }: Verified, isAnchored: boolean): VerifyReport {
  return {
    isWhole: verdict.ok,
    words: toVerdictWords(verdict, since),
    isAnchored,
    isPartial: since !== null,
  };
}

async function* one(anchor: Seal | null): AsyncGenerator<Seal> {
  if (anchor) yield anchor;
}

type Export = { list: string; tenantId?: string; changeId?: string; filters: Record<string, string> };

/**
 * Writes down that somebody takes a list along, before the first row leaves: an export that is cut off was one too.
 * The log's own export has an action of its own.
 */
export async function recordExport(scope: Scope, told: Export): Promise<void> {
  authorize(scope, "list.export", told.tenantId === undefined ? [] : [told.tenantId]);
  const { list, tenantId, changeId, filters } = told;
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
