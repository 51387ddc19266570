import "server-only";
import { z } from "zod";
import { like } from "@/lib/db/like";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import { ORDERED_TABLES, SUMMARY_COLUMNS, SUMMARY_TABLES, WORST_FIRST } from "@/lib/tenants/summary";
import type { TenantFilter, TenantPage, TenantSummary, TenantView } from "@/lib/tenants/types";

export const TENANTS_PAGE = 50;

/** Disconnected tenants are history: only their own view shows them. */
const IN_VIEW: Record<TenantView, Prisma.Sql> = {
  all: Prisma.sql`t.state <> 'disconnected'`,
  trouble: Prisma.sql`(t.state = 'quarantined' OR (t.state = 'healthy' AND (t.reason IS NOT NULL OR latest.state = 'failed')))`,
  paused: Prisma.sql`t.state = 'paused'`,
  disconnected: Prisma.sql`t.state = 'disconnected'`,
};

/** A tenant's position in the list: the values that WORST_FIRST orders by. */
/** As toCursor writes it, with nothing that PostgreSQL cannot take: U+0000, or a number beyond 32 bits. */
const placeSchema = z.tuple([
  z.int32(),
  z.boolean(),
  z.boolean(),
  z.string().refine((name) => !name.includes("\0")),
  z.uuid(),
]);
type Place = z.infer<typeof placeSchema>;

/**
 * Lists one page of tenants, worst first. Sorts all of them, at about 5 µs each, and counts only for those on the
 * page.
 */
export async function pageTenants(tx: Transaction, filter: TenantFilter): Promise<TenantPage> {
  const { view = "all", text = "" } = filter;
  const place = filter.after === undefined ? null : parseCursor(filter.after);
  const rows = await tx.$queryRaw<(TenantSummary & { place: Place })[]>`
    WITH listed AS MATERIALIZED (
      SELECT t.id, jsonb_build_array(${WORST_FIRST}) AS place FROM ${ORDERED_TABLES}
       WHERE ${IN_VIEW[view]} AND ${matches(text)} AND ${isAfter(place)} ORDER BY ${WORST_FIRST} LIMIT ${TENANTS_PAGE + 1})
    SELECT ${SUMMARY_COLUMNS}, listed.place FROM ${SUMMARY_TABLES} JOIN listed ON listed.id = t.id ORDER BY ${WORST_FIRST}`;
  const [counts] = await tx.$queryRaw<Record<TenantView, number>[]>`
    SELECT ${countOf("all")} AS "all", ${countOf("trouble")} AS trouble, ${countOf("paused")} AS paused,
           ${countOf("disconnected")} AS disconnected FROM ${ORDERED_TABLES}`;
  const last = rows.at(TENANTS_PAGE - 1);
  return {
    rows: rows.slice(0, TENANTS_PAGE).map(({ place: _place, ...tenant }) => tenant),
    next: rows.length > TENANTS_PAGE && last ? toCursor(last.place) : null,
    counts: counts ?? { all: 0, trouble: 0, paused: 0, disconnected: 0 },
  };
}

function countOf(view: TenantView): Prisma.Sql {
  return Prisma.sql`(count(*) FILTER (WHERE ${IN_VIEW[view]}))::int`;
}

/** Matches parts of a name or a domain, in any order. */
export function matches(text: string): Prisma.Sql {
  const patterns = text.split(/\s+/).filter(Boolean).map(like);
  return Prisma.sql`concat_ws(' ', t.name, array_to_string(t.domains, ' ')) ILIKE ALL (${patterns}::text[])`;
}

function isAfter(place: Place | null): Prisma.Sql {
  if (!place) return Prisma.sql`true`;
  const [rank, isFine, isRead, name, id] = place;
  return Prisma.sql`(${WORST_FIRST}) > (${rank}::int, ${isFine}::boolean, ${isRead}::boolean, ${name}::text, ${id}::uuid)`;
}

function toCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Ignores a cursor that is not ours and gives the first page. */
function parseCursor(cursor: string): Place | null {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    return null;
  }
}
