import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { toSeal } from "@/lib/audit/log/chain-head";
import type { Seal } from "@/lib/audit/log/chain";
import type { SealKey } from "@/lib/audit/log/log-reading";
import { findLogEnd, type LogEnd, type LogStart, readLog, WHOLE_LOG } from "@/lib/audit/log/read-log";
import type { Verdict } from "@/lib/audit/log/verdict";
import { verifyChain } from "@/lib/audit/log/verify-chain";
import { findForgedSeal } from "@/lib/audit/log/verify-seal";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

type VerifyLog = {
  key: SealKey;
  /** Seals kept outside the database (anchors.ts). */
  anchors: AsyncIterable<Seal>;
  /** Which must be there: each seal's; the newest, which is enough to see that the end of the log is; or none. */
  anchorsDue?: "each" | "newest" | "none";
  /** Verify only the newest links, from a seal at least this many links back. Without it: the whole log. */
  linksMax?: number;
};

/**
 * Verifies the log in the database, while events are written and sealed. Needs only the rights of the web process,
 * the sealer or the owner of the tables.
 * @returns the verdict, and the seal at which the reading started; null where it read the whole log.
 */
export async function verifyLog(
  scope: Scope,
  { key, anchors, anchorsDue = "each", linksMax }: VerifyLog,
): Promise<Verified> {
  authorize(scope, "audit.verify");
  if (scope.tenants !== "all")
    throw new Error("Verifying needs every tenant in its scope: otherwise a hidden event looks deleted.");
  const end = await findLogEnd(scope);
  const since = linksMax === undefined ? null : await findSealBefore(scope, end, linksMax);
  if (since) {
    const broken = findForgedSeal(since.seal, key);
    const tally = { events: 0, links: 0, seals: 0, anchors: 0, waiting: 0 };
    if (broken) return { verdict: { ok: false, tally, broken }, since: since.seal };
  }
  const start = since?.start ?? WHOLE_LOG;
  const due = { newest: anchorsDue === "none" ? 0 : Number(end.sealNumber), isEach: anchorsDue === "each" };
  const verdict = await verifyChain(readLog(scope, { start, end, anchors, due }), key);
  return { verdict, since: since?.seal ?? null };
}

export type Verified = { verdict: Verdict; since: Seal | null };

/** The newest seal followed by at least `linksMax` links: its signature vouches for everything before it. */
async function findSealBefore(scope: Scope, end: LogEnd, linksMax: number) {
  return transaction(scope, async (tx): Promise<{ seal: Seal; start: LogStart } | null> => {
    const where = { seqTo: { lte: end.seq - BigInt(linksMax) } };
    const row = await tx.seal.findFirst({ where, orderBy: { number: "desc" } });
    if (!row) return null;
    const link = await tx.eventLink.findUnique({ where: { seq: row.seqTo } });
    const seal = toSeal(row);
    const chain = { seq: seal.seqTo, link: seal.link, sealNumber: seal.number };
    return { seal, start: { chain, afterEventId: link?.eventId ?? WHOLE_LOG.afterEventId } };
  });
}
