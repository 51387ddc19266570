import "server-only";
import { Prisma } from "@/lib/db/transaction";
import { COUNTS_OF, type States, withCounts } from "@/lib/changes/runs-of-change";
import { standingOf } from "@/lib/changes/model/states";
import type { ChangeRow } from "@/lib/changes/types";
import { UNREPAIRED } from "@/lib/changes/model/unrepaired";

/** A change as CHANGE_ROWS read it. */
export type StoredRow = Omit<ChangeRow, "counts" | "standing"> & { states: States; wasRefused: boolean };

/** Rows of changes `c`, with the counts of the tenants that the transaction reaches. */
export const CHANGE_ROWS = Prisma.sql`
  SELECT c.id, c.number, c.kind, c.title, c.state, c.expires_at AS "expiresAt", c.scheduled_at AS "scheduledAt",
         c.paused_at AS "pausedAt", (SELECT l.number FROM change l WHERE l.id = c.parent_id) AS "parentNumber",
         p.name AS "requestedBy", c.requested_at AS "requestedAt", c.ticket, ${UNREPAIRED} AS unrepaired,
         EXISTS (SELECT FROM change_task k WHERE k.change_id = c.id AND k.refusal IS NOT NULL) AS "wasRefused",
         (SELECT count(*)::int FROM run r WHERE r.change_id = c.id) AS tenants,
         ${COUNTS_OF(Prisma.sql`SELECT r.id FROM run r WHERE r.change_id = c.id`)}
    FROM change c JOIN operator p ON p.id = c.requested_by`;

export function toChangeRow(stored: StoredRow): ChangeRow {
  const { wasRefused, ...row } = withCounts(stored);
  return { ...row, standing: standingOf(row.state, row.counts, row.pausedAt, wasRefused) };
}

/**
 * Changes `c` that wait for a person, or may: open ones, those with held lines that can still be approved, and those
 * that failed within a week. Older failures are in the list of changes.
 */
export const MAY_NEED = Prisma.sql`(
  c.state IN ('planning', 'applying') OR (c.state = 'ready' AND c.expires_at > now())
  OR (c.state = 'failed' AND c.requested_at > now() - interval '7 days')
  OR (c.state IN ('done', 'failed') AND c.expires_at > now() AND EXISTS (
        SELECT FROM run h JOIN operation o ON o.run_id = h.id WHERE h.change_id = c.id AND o.state = 'held')))`;
