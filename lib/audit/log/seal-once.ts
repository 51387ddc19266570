import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { type AnchorsEnd, appendAnchor, beginAnchors, findAnchorsEnd } from "@/lib/audit/log/anchors";
import type { Seal } from "@/lib/audit/log/chain";
import { findHead, findSeal } from "@/lib/audit/log/chain-head";
import { claimAuditKey } from "@/lib/audit/log/claim-audit-key";
import type { SealKey } from "@/lib/audit/log/log-reading";
import { lockChain, sealPending, type SealSigner } from "@/lib/audit/log/seal-pending";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import { findForgedSeal, isSameSeal } from "@/lib/audit/log/verify-seal";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";

/** The key of this log, and the path of the anchors. */
export type Sealing = { signer: SealSigner; key: SealKey; anchorFile: string };

/**
 * One round of the sealer: seals the waiting events, then anchors the seal. Nothing is sealed while the previous seal
 * is not anchored (a crash, a full disk), so the anchors are never more than one seal behind.
 * @returns the number of events sealed.
 * @throws SealRefusedError where the database is behind its newest anchor, or differs from it: it was rolled back,
 *   restored or rewritten, and a new seal would hide that. Also where the anchors are missing or lack their end, and
 *   where another key sealed it before.
 */
export async function sealOnce(
  scope: Scope,
  { signer, key, anchorFile }: Sealing,
  now: Date,
): Promise<number> {
  requireSystem(scope);
  const { head, anchor, sealed } = await transaction(scope, async (tx) => {
    await lockChain(tx);
    await claimAuditKey(tx, signer.keyId);
    const head = await findHead(tx);
    // Under the lock: another sealer may have begun the file, and only one seal may be on its way to it.
    const end = await findAnchorsEnd(anchorFile);
    if (end === null && head === null) await beginAnchors(anchorFile, now);
    const anchor = end?.newest ?? null;
    if (anchor) await refuseOtherPast(tx, anchor, head, key);
    if (head) refuseLostAnchors(end, head, anchorFile);
    const isAnchored = (head?.number ?? 0) === (anchor?.number ?? 0);
    return { head, anchor, sealed: isAnchored ? await sealPending(tx, scope, signer, now) : null };
  });
  const seal = sealed?.seal ?? head;
  if (seal && seal.number > (anchor?.number ?? 0)) await appendAnchor(anchorFile, seal);
  return sealed?.count ?? 0;
}

/** The newest seal may be on its way to the file; every other one must be there. */
function refuseLostAnchors(end: AnchorsEnd | null, head: Seal, file: string): void {
  const last = end?.newest?.number ?? 0;
  if (end?.isBegun && last >= head.number - 1) return;
  const wrong = end === null ? "are missing" : `end at seal ${last}: the others are missing`;
  throw new SealRefusedError(
    `The anchors in ${file} ${wrong}, and the log is sealed up to seal ${head.number}. Without them a log with a deleted ` +
      "end looks whole. Put the file back from its copy. If it is lost, `npm run audit:verify -- --begin-anchors` begins " +
      "a new one.",
  );
}

async function refuseOtherPast(
  tx: Transaction,
  anchor: Seal,
  head: Seal | null,
  key: SealKey,
): Promise<void> {
  if (findForgedSeal(anchor, key))
    throw new SealRefusedError(
      `The newest anchor, of seal ${anchor.number}, was not signed with this log's key.`,
    );
  const seal = await findSeal(tx, anchor.number);
  if (seal && isSameSeal(seal, anchor)) return;
  if (seal)
    throw new SealRefusedError(
      `Seal ${anchor.number} is not the one that was anchored: the log was rewritten.`,
    );
  const here = head ? `ends at seal ${head.number} of ${head.at}` : "holds no seal";
  throw new SealRefusedError(
    `The newest anchor is seal ${anchor.number} of ${anchor.at}, and the database ${here}: ` +
      "it was rolled back, or an older copy was restored.",
  );
}
