import "server-only";
import { OPEN, UNFINISHED_RUN } from "@/lib/db/state-lists";
import { Prisma } from "@/lib/db/transaction";

/** The columns of a TenantInNeed: those of a TenantSummary without counted people, which every page can afford. */
export const STATE_COLUMNS = Prisma.sql`
  t.id, t.name, t.mode, t.state, t.reason, t.reason_at AS "reasonAt", t.cooldown_to AS "cooldownTo", t.domains,
  t.test_mode AS "testMode", whole.finished_at AS "readAt",
  latest.state AS "lastReadState", CASE WHEN latest.state = 'failed' THEN latest.reason END AS "lastReadReason",
  (SELECT max(o.confirmed_at) FROM operation o WHERE o.tenant_id = t.id AND o.state = 'confirmed') AS "lastConfirmedAt",
  (SELECT count(*)::int FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted') AS unconfirmed,
  (SELECT count(*)::int FROM operation o JOIN run r ON r.id = o.run_id
    WHERE r.tenant_id = t.id AND r.state IN ${UNFINISHED_RUN} AND o.state IN ${OPEN}) AS open`;

/** The columns of a TenantSummary, for every query that returns one. */
export const SUMMARY_COLUMNS = Prisma.sql`${STATE_COLUMNS}, mirror.users, mirror.active,
  CASE WHEN whole.id IS NOT NULL THEN (SELECT count(*)::int FROM directory_group g WHERE g.tenant_id = t.id) END AS groups`;

/** A tenant with its latest read: the tables that a list's order needs. */
export const ORDERED_TABLES = Prisma.sql`
  tenant t LEFT JOIN LATERAL (SELECT r.state, r.reason FROM directory_read r
                               WHERE r.tenant_id = t.id ORDER BY r.requested_at DESC LIMIT 1) latest ON true`;

export const STATE_TABLES = Prisma.sql`${ORDERED_TABLES} LEFT JOIN directory_read whole ON whole.id = t.read_id`;

/**
 * With the people that the lists show: after a write, a look changes the mirror and not the count that a full read
 * stored. Nobody is counted before the first full read. One pass costs half a millisecond for 500 people.
 */
export const SUMMARY_TABLES = Prisma.sql`${STATE_TABLES} LEFT JOIN LATERAL (
  SELECT count(*)::int AS users, count(*) FILTER (WHERE u.active)::int AS active
    FROM directory_user u WHERE u.tenant_id = t.id) AS mirror ON whole.id IS NOT NULL`;

/**
 * Worst first: tenants that need a person come before healthy ones, disconnected ones last. The id makes it a key.
 */
export const WORST_FIRST = Prisma.sql`
  CASE t.state WHEN 'quarantined' THEN 0 WHEN 'connecting' THEN 1 WHEN 'paused' THEN 2 WHEN 'healthy' THEN 3 ELSE 4 END,
  t.reason IS NULL, latest.state IS DISTINCT FROM 'failed', lower(t.name), t.id`;
