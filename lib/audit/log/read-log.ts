import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Seal } from "@/lib/audit/log/chain";
import { toSeal } from "@/lib/audit/log/chain-head";
import { type JoinedEventRow, toLoggedEvent } from "@/lib/audit/log/event-row";
import {
  type AnchoredSeal,
  type ChainStart,
  type DueAnchors,
  GENESIS,
  type LinkedEvent,
  type LogReading,
} from "@/lib/audit/log/log-reading";
import { readLoose } from "@/lib/audit/log/read-loose";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";

/*
 * Reads the log for a verifier: by key, one page a transaction, so that memory stays flat and no snapshot is held
 * open, however long the log is. The sealer continues meanwhile. So the walk ends at the head found at the start, and
 * single statements judge what lies beyond it, each of which sees an event and its position together.
 */
const LINKS_PAGE = 5_000;
const ANCHORS_PAGE = 1_000;

/** Below every key, so that a forged row at 0 or below is read as well. */
const BEFORE_ALL = -(2n ** 63n);

/** The end of the log at one moment. */
export type LogEnd = { seq: bigint; sealNumber: bigint };

/** Where a reading begins: the chain's start, and the event id after which loose events are searched. */
export type LogStart = { chain: ChainStart; afterEventId: bigint };

export const WHOLE_LOG: LogStart = { chain: GENESIS, afterEventId: BEFORE_ALL };

/** Reads both ends in one statement, so that no seal can come between them. */
export async function findLogEnd(scope: Scope): Promise<LogEnd> {
  authorize(scope, "audit.verify");
  const [end] = await transaction(
    scope,
    (tx) => tx.$queryRaw<LogEnd[]>`
      SELECT coalesce((SELECT max(seq) FROM event_link), 0) AS seq,
        coalesce((SELECT max(number) FROM seal), 0) AS "sealNumber"`,
  );
  return end ?? { seq: 0n, sealNumber: 0n };
}

type ReadLog = { start: LogStart; end: LogEnd; anchors: AsyncIterable<Seal>; due: DueAnchors };

/** @param anchors seals stored outside the database; each is compared with the database's seal of its number. */
export function readLog(scope: Scope, { start, end, anchors, due }: ReadLog): LogReading {
  authorize(scope, "audit.verify");
  const isWhole = start.chain.seq === 0;
  return {
    start: start.chain,
    links: readLinks(scope, isWhole ? BEFORE_ALL : BigInt(start.chain.seq), end.seq),
    seals: readSeals(scope, isWhole ? BEFORE_ALL : BigInt(start.chain.sealNumber), end.sealNumber),
    anchors: readAnchoredSeals(scope, anchors),
    due,
    loose: readLoose(scope, start.afterEventId, end.seq),
  };
}

/** Limit the page before joining: a planner without fresh statistics would join all the rest for each page. */
async function* readLinks(scope: Scope, after: bigint, to: bigint): AsyncGenerator<LinkedEvent> {
  yield* readPages(scope, after, LINKS_PAGE, async (tx, cursor) => {
    const rows = await tx.$queryRaw<(JoinedEventRow & LinkRow)[]>`
      SELECT l.seq AS cursor, l.event_id, encode(l.leaf, 'hex') AS link_leaf, encode(l.link, 'hex') AS link,
        p.event_id IS NOT NULL AS is_pending, e.id, e.body, encode(e.leaf, 'hex') AS leaf, e.action, e.actor_id,
        e.tenant_id::text, e.change_id::text,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text
      FROM (SELECT * FROM event_link WHERE seq > ${cursor} AND seq <= ${to} ORDER BY seq LIMIT ${LINKS_PAGE}) AS l
      LEFT JOIN event e ON e.id = l.event_id
      LEFT JOIN event_pending p ON p.event_id = l.event_id
      ORDER BY l.seq`;
    return rows.map((row) => ({ cursor: row.cursor, item: toLinkedEvent(row) }));
  });
}

async function* readSeals(scope: Scope, after: bigint, to: bigint): AsyncGenerator<Seal> {
  yield* readPages(scope, after, LINKS_PAGE, async (tx, cursor) => {
    const where = { number: { gt: cursor, lte: to } };
    const rows = await tx.seal.findMany({ where, orderBy: { number: "asc" }, take: LINKS_PAGE });
    return rows.map((row) => ({ cursor: row.number, item: toSeal(row) }));
  });
}

async function* readAnchoredSeals(scope: Scope, anchors: AsyncIterable<Seal>): AsyncGenerator<AnchoredSeal> {
  let page: Seal[] = [];
  for await (const anchor of anchors) {
    page.push(anchor);
    if (page.length < ANCHORS_PAGE) continue;
    yield* await pairAnchors(scope, page);
    page = [];
  }
  yield* await pairAnchors(scope, page);
}

async function pairAnchors(scope: Scope, anchors: readonly Seal[]): Promise<AnchoredSeal[]> {
  if (anchors.length === 0) return [];
  const numbers = anchors.map(({ number }) => BigInt(number));
  const rows = await transaction(scope, (tx) => tx.seal.findMany({ where: { number: { in: numbers } } }));
  const seals = new Map(rows.map((row) => [Number(row.number), toSeal(row)]));
  return anchors.map((anchor) => ({ anchor, seal: seals.get(anchor.number) ?? null }));
}

type Page<T> = { cursor: bigint; item: T }[];

async function* readPages<T>(
  scope: Scope,
  after: bigint,
  pageSize: number,
  readPage: (tx: Transaction, cursor: bigint) => Promise<Page<T>>,
): AsyncGenerator<T> {
  for (let cursor = after; ; ) {
    const page = await transaction(scope, (tx) => readPage(tx, cursor));
    for (const { item } of page) yield item;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    cursor = last.cursor;
  }
}

type LinkRow = { cursor: bigint; event_id: bigint; link_leaf: string; link: string; is_pending: boolean };

function toLinkedEvent(row: JoinedEventRow & LinkRow): LinkedEvent {
  return {
    seq: Number(row.cursor),
    eventId: Number(row.event_id),
    leaf: row.link_leaf,
    link: row.link,
    event: toLoggedEvent(row),
    isPending: row.is_pending,
  };
}
