import "server-only";
import {
  type EventDetail,
  type EventPage,
  type EventSummary,
  type SealStatus,
  toEventValues,
  parseEventBody,
  toWords,
} from "@/lib/audit/event-dto";
import type { EventFilter } from "@/lib/audit/schema";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { currentAction, storedActions } from "@/lib/audit/log/renamed-actions";
import { Prisma, type Transaction, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";

/**
 * A text search parses bodies at about 10 µs each: this many a page keep it near a tenth of a second in a log of any
 * length.
 */
const SEARCHED_MAX = 10_000;

/** Counting more waiting events adds nothing: the sealer has stopped. */
const WAITING_MAX = 10_000;

/** The sealer runs every second; a minute allows for a restart. */
const LATE_MS = 60_000;

type Row = {
  id: bigint;
  at: Date;
  action: string;
  body: string;
  tenant_id: string | null;
  tenant_name: string | null;
  change_id: string | null;
  change_number: number | null;
};

const COLUMNS = Prisma.sql`e.id, e.at, e.action, e.body, e.tenant_id::text, t.name AS tenant_name, e.change_id::text,
  c.number AS change_number`;
const NAMES = Prisma.sql`LEFT JOIN tenant t ON t.id = e.tenant_id LEFT JOIN change c ON c.id = e.change_id`;

/**
 * Lists events that match the filter, newest first, paged by key. Events of tenants outside the scope are never read.
 * @param searchedMax how many events a text search reads before it stops and says where.
 */
export async function listEvents(
  scope: Scope,
  filter: EventFilter,
  searchedMax = SEARCHED_MAX,
): Promise<EventPage> {
  authorize(scope, "audit.read");
  const { text, limit } = filter;
  const spanMax = text === undefined ? limit + 1 : searchedMax;
  const found = text === undefined ? Prisma.sql`true` : matches(text);
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<(Joined<Row> & Span)[]>`
      WITH span AS MATERIALIZED (
        SELECT e.* FROM event e WHERE ${inScope(scope)} AND ${passes(filter)} ORDER BY e.id DESC LIMIT ${spanMax})
      SELECT edge.floor, edge.length, ${COLUMNS}
      FROM (SELECT min(id) AS floor, count(*)::int AS length FROM span) AS edge
      LEFT JOIN (SELECT * FROM span e WHERE ${found} ORDER BY id DESC LIMIT ${limit + 1}) AS e ON true
      ${NAMES} ORDER BY e.id DESC`,
  );
  return toPage(rows.filter(hasEvent), rows[0], { limit, spanMax });
}

/** @throws AppError not-found, also for an event of a tenant outside the scope. */
export async function getEvent(scope: Scope, input: { id: number }): Promise<EventDetail> {
  authorize(scope, "audit.read");
  const event = await findEvent(scope, input);
  if (!event) throw notFound("event");
  return event;
}

export async function findEvent(scope: Scope, input: { id: number }): Promise<EventDetail | null> {
  authorize(scope, "audit.read");
  const [row] = await transaction(
    scope,
    (tx) => tx.$queryRaw<
      (Row & { leaf: string; seq: bigint | null; number: bigint | null; sealed_at: Date | null })[]
    >`
      SELECT ${COLUMNS}, encode(e.leaf, 'hex') AS leaf, l.seq, s.number, s.at AS sealed_at
      FROM event e ${NAMES}
      LEFT JOIN event_link l ON l.event_id = e.id
      LEFT JOIN LATERAL (SELECT number, at FROM seal WHERE seq_to >= l.seq ORDER BY seq_to LIMIT 1) AS s ON true
      WHERE e.id = ${input.id} AND ${inScope(scope)}`,
  );
  if (!row) return null;
  const { actor, before, after, details, ...rest } = parseEventBody(row.body);
  return {
    ...toSummary(row),
    role: actor.role ?? null,
    address: actor.address ?? null,
    requestId: rest.requestId ?? null,
    reason: rest.reason ?? null,
    ticket: rest.ticket ?? null,
    values: toEventValues(before, after),
    details: Object.entries(details ?? {}).map(([field, value]) => ({
      field,
      value: toWords(value) ?? "none",
    })),
    leaf: row.leaf,
    sealed:
      row.seq !== null && row.number !== null && row.sealed_at !== null
        ? { seq: Number(row.seq), sealNumber: Number(row.number), at: row.sealed_at.toISOString() }
        : null,
  };
}

/** Lists the operators to filter by, by name. Events of system processes are found in the list itself. */
export async function listActors(scope: Scope): Promise<{ id: string; name: string }[]> {
  authorize(scope, "audit.read");
  return transaction(scope, (tx) =>
    tx.operator.findMany({ select: { id: true, name: true }, orderBy: [{ name: "asc" }, { id: "asc" }] }),
  );
}

/** Reads how far the log is sealed. It concerns no tenant, so every reader of the log may know. */
export async function getSealStatus(scope: Scope, now = new Date()): Promise<SealStatus> {
  authorize(scope, "audit.read");
  return transaction(scope, async (tx) => {
    const head = await tx.seal.findFirst({ orderBy: { number: "desc" } });
    const last = head && (await tx.eventLink.findUnique({ where: { seq: head.seqTo } }));
    const [pending] = await tx.$queryRaw<{ waiting: number; first: bigint | null }[]>`
      SELECT count(*)::int AS waiting, min(event_id) AS first
      FROM (SELECT event_id FROM event_pending ORDER BY event_id LIMIT ${WAITING_MAX}) AS waiting`;
    const oldest = pending?.first && (await tx.event.findUnique({ where: { id: pending.first } }));
    return {
      sealedTo:
        head && last
          ? { eventId: Number(last.eventId), sealNumber: Number(head.number), at: head.at.toISOString() }
          : null,
      waiting: pending?.waiting ?? 0,
      oldestWaitingAt: oldest ? oldest.at.toISOString() : null,
      isLate: oldest ? now.getTime() - oldest.at.getTime() > LATE_MS : false,
      verified: await findVerified(tx),
    };
  });
}

async function findVerified(tx: Transaction): Promise<SealStatus["verified"]> {
  const row = await tx.event.findFirst({ where: { action: "audit.verified" }, orderBy: { id: "desc" } });
  if (!row) return null;
  const { actor, result, details } = parseEventBody(row.body);
  const words = toWords(details?.found) ?? "";
  return { at: row.at.toISOString(), isWhole: result === "whole", by: actor.name, words };
}

/** Filters by scope in addition to row-level security, so that neither is trusted alone. */
function inScope(scope: Scope): Prisma.Sql {
  if (scope.tenants === "all") return Prisma.sql`true`;
  return Prisma.sql`e.tenant_id = ANY (${[...scope.tenants]}::uuid[])`;
}

function passes({ tenantId, changeId, actorId, action, from, to, before }: EventFilter): Prisma.Sql {
  const conditions = [
    tenantId !== undefined && Prisma.sql`e.tenant_id = ${tenantId}::uuid`,
    changeId !== undefined && Prisma.sql`e.change_id = ${changeId}::uuid`,
    actorId !== undefined && Prisma.sql`e.actor_id = ${actorId}`,
    action !== undefined && isAction(storedActions(action)),
    from !== undefined && Prisma.sql`e.at >= ${from} AND e.id > ${lastBefore(from)}`,
    to !== undefined && Prisma.sql`e.at < ${to} AND e.id < ${firstAfter(to)}`,
    before !== undefined && Prisma.sql`e.id < ${before}`,
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, " AND ");
}

/** Uses `=` for a single name: the index cannot return a list of names in the order of ids. */
function isAction(names: readonly string[]): Prisma.Sql {
  return names.length === 1 ? Prisma.sql`e.action = ${names[0]}` : Prisma.sql`e.action = ANY (${[...names]})`;
}

/**
 * Ids and times are assigned together, and a minute is far more than they differ. Without these bounds a page of last
 * year would scan from today, because a list by id does not know that it is ordered by time too.
 */
function lastBefore(time: Date): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT id FROM event WHERE at < ${time}::timestamptz - interval '1 minute' ORDER BY at DESC LIMIT 1), 0)`;
}

function firstAfter(time: Date): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT id FROM event WHERE at > ${time}::timestamptz + interval '1 minute' ORDER BY at LIMIT 1),
    ${Number.MAX_SAFE_INTEGER})`;
}

/**
 * Searches the values that people search for, not the field names that every body holds. OFFSET 0 keeps the planner
 * from parsing the body again for each field: 10 µs an event instead of 34.
 */
function matches(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(e.action ILIKE ${pattern} OR (SELECT concat_ws(' ', content -> 'actor' ->> 'name', content ->> 'target',
    content ->> 'result', content ->> 'reason', content ->> 'ticket', content -> 'actor' ->> 'address', content ->> 'requestId')
    FROM (SELECT e.body::jsonb AS content OFFSET 0) AS parsed) ILIKE ${pattern})`;
}

/** The range that the query read to find the rows: its lowest id and its length. */
type Span = { floor: bigint | null; length: number };

function toPage(
  rows: Row[],
  span: Span | undefined,
  { limit, spanMax }: { limit: number; spanMax: number },
): EventPage {
  const items = rows.slice(0, limit).map(toSummary);
  if (rows.length > limit) return { items, older: items.at(-1)?.id ?? null, isCutShort: false };
  const isCutShort = span !== undefined && span.floor !== null && span.length >= spanMax;
  return { items, older: isCutShort ? Number(span.floor) : null, isCutShort };
}

/** A row of a LEFT JOIN: without a match all of its columns are null. */
type Joined<Columns> = Columns | { [Column in keyof Columns]: null };

/** Without a match only the range is returned. */
function hasEvent(row: Joined<Row> & Span): row is Row & Span {
  return row.id !== null;
}

function toSummary(row: Row): EventSummary {
  const { actor, target, result } = parseEventBody(row.body);
  const { tenant_id: tenantId, change_id: changeId } = row;
  return {
    id: Number(row.id),
    at: row.at.toISOString(),
    action: currentAction(row.action),
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    tenant: tenantId !== null && row.tenant_name !== null ? { id: tenantId, name: row.tenant_name } : null,
    change:
      changeId !== null && row.change_number !== null ? { id: changeId, number: row.change_number } : null,
    target,
    result: result ?? null,
  };
}
