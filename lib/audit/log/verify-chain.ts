import { leafOf, linkOf, type Seal } from "@/lib/audit/log/chain";
import type { ChainStart, LinkedEvent, LogReading, SealKey } from "@/lib/audit/log/log-reading";
import {
  anchorBroken,
  type Broken,
  linkBroken,
  sealBroken,
  type SealedTo,
  type Tally,
  type Verdict,
} from "@/lib/audit/log/verdict";
import { findEditedEvent } from "@/lib/audit/log/verify-event";
import { findBrokenAnchor, findBrokenLooseEvent } from "@/lib/audit/log/verify-loose";
import { findForgedSeal } from "@/lib/audit/log/verify-seal";

/**
 * Walks the whole reading once, holding one row at a time, and returns the first item that fails.
 *
 * It proves that every sealed event is present, once, unedited and in its position, and that the holder of the
 * signing key sealed it so. Anchors add that the tail is present. It cannot prove that no unsealed event was removed
 * together with its outbox entry.
 */
export async function verifyChain(log: LogReading, key: SealKey): Promise<Verdict> {
  const tally: Tally = { events: 0, links: 0, seals: 0, anchors: 0, waiting: 0 };
  const walked = await walkChain(log, key, tally);
  const broken = walked.broken ?? (await checkAnchors(log, key, tally)) ?? (await checkLoose(log, tally));
  return broken ? { ok: false, tally, broken } : { ok: true, tally, sealedTo: walked.sealedTo };
}

type Walked = { broken: Broken | null; sealedTo: SealedTo | null };

async function walkChain(log: LogReading, key: SealKey, tally: Tally): Promise<Walked> {
  const links = log.links[Symbol.asyncIterator]();
  const seals = log.seals[Symbol.asyncIterator]();
  let head = log.start;
  let sealedTo: SealedTo | null = null;
  let unsealed: LinkedEvent | null = null;
  let seal = await take(seals);
  for (let row = await take(links); row; row = await take(links)) {
    const broken = findForgedLink(head, row) ?? findBrokenEvent(row);
    if (broken) return { broken: await explainOrder(broken, head, row, links), sealedTo };
    head = { seq: row.seq, link: row.link, sealNumber: head.sealNumber };
    unsealed ??= row;
    tally.links += 1;
    tally.events += 1;
    if (!seal || seal.seqTo > row.seq) continue;
    const brokenSeal = findBrokenSeal(seal, head, key);
    if (brokenSeal) return { broken: brokenSeal, sealedTo };
    head.sealNumber = seal.number;
    sealedTo = { eventId: row.eventId, seq: row.seq, sealNumber: seal.number, at: seal.at };
    unsealed = null;
    tally.seals += 1;
    seal = await take(seals);
  }
  if (seal) return { broken: findBrokenSeal(seal, head, key) ?? cutBefore(seal, head), sealedTo };
  if (unsealed) {
    const wrong = "no seal covers it. A link is only written together with its seal.";
    return { broken: linkBroken("unsealed-link", unsealed, unsealed.event, wrong), sealedTo };
  }
  return { broken: null, sealedTo };
}

function findForgedLink(head: ChainStart, row: LinkedEvent): Broken | null {
  if (row.seq !== head.seq + 1) {
    const wrong =
      row.seq > head.seq + 1
        ? `the links ${head.seq + 1} to ${row.seq - 1} before it are missing.`
        : `it is where link ${head.seq + 1} should be.`;
    return linkBroken("gap", row, row.event, wrong);
  }
  if (linkOf(head.link, row.leaf) === row.link) return null;
  const wrong =
    row.event && linkOf(head.link, leafOf(row.event)) === row.link
      ? "its stored leaf was edited. The link was computed from the leaf of the event."
      : "it does not match the link before it and the event's leaf.";
  return linkBroken("forged-link", row, row.event, wrong);
}

function findBrokenEvent(row: LinkedEvent): Broken | null {
  if (!row.event)
    return linkBroken(
      "missing-event",
      row,
      null,
      "its event was sealed, and was deleted or given another id.",
    );
  const edited = findEditedEvent(row.event, row.leaf);
  if (edited) return edited;
  if (row.isPending)
    return linkBroken("pending-again", row, row.event, "its event has a link and also waits for one.");
  return null;
}

/**
 * Distinguishes a link that does not follow from one in another's position: would a later row follow here? Reads to
 * the end of the log, which costs nothing while the log is whole.
 */
async function explainOrder(
  broken: Broken,
  head: ChainStart,
  row: LinkedEvent,
  links: AsyncIterator<LinkedEvent>,
): Promise<Broken> {
  if (broken.kind !== "forged-link") return broken;
  for (let other = await take(links); other; other = await take(links)) {
    const follows = linkOf(head.link, other.leaf);
    if (follows !== row.link && follows !== other.link) continue;
    const wrong = `it was moved. Event ${other.eventId}, now at link ${other.seq}, was sealed here.`;
    return linkBroken("reordered", row, row.event, wrong);
  }
  return broken;
}

/** @param head the walk at the link where this seal should be, with the number of the seal before it. */
function findBrokenSeal(seal: Seal, head: ChainStart, key: SealKey): Broken | null {
  const forged = findForgedSeal(seal, key);
  if (forged) return forged;
  if (seal.number !== head.sealNumber + 1)
    return sealBroken(
      "missing-seal",
      seal,
      `seal ${head.sealNumber + 1} should come before it and is missing.`,
    );
  if (seal.seqTo > head.seq) return null;
  if (seal.seqTo !== head.seq || seal.link !== head.link)
    return sealBroken("seal-mismatch", seal, "its signature does not cover the links that are there now.");
  return null;
}

function cutBefore(seal: Seal, head: ChainStart): Broken {
  return sealBroken(
    "cut-tail",
    seal,
    `it signs the links ${head.seq + 1} to ${seal.seqTo}, which are missing.`,
  );
}

async function checkAnchors(log: LogReading, key: SealKey, tally: Tally): Promise<Broken | null> {
  const { newest, isEach } = log.due;
  let next = 1;
  for await (const anchored of log.anchors) {
    const broken = findBrokenAnchor(anchored, key);
    if (broken) return broken;
    tally.anchors += 1;
    const { number } = anchored.anchor;
    if (isEach && number > next) return anchorBroken(next, newest);
    next = Math.max(next, number + 1);
  }
  // The newest seal's anchor may be on its way to the file, but never the only one.
  const isComplete = newest === 0 || (next > 1 && next >= newest);
  return isComplete ? null : anchorBroken(next, newest);
}

async function checkLoose(log: LogReading, tally: Tally): Promise<Broken | null> {
  for await (const loose of log.loose) {
    const broken = findBrokenLooseEvent(loose);
    if (broken) return broken;
    tally.waiting += 1;
    tally.events += 1;
  }
  return null;
}

async function take<T>(rows: AsyncIterator<T>): Promise<T | null> {
  const next = await rows.next();
  return next.done ? null : next.value;
}
