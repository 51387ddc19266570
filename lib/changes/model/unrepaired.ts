import "server-only";
import { REACHED, TAKEN } from "@/lib/db/state-lists";
import { Prisma } from "@/lib/db/transaction";
import { UNREPAIRED_MAX } from "@/lib/changes/model/unrepaired-max";

/**
 * The retries of change `c` that were compared with a tenant. One without a line for a failed operation found it done.
 */
const RETRIES = Prisma.sql`
  SELECT n.id, nr.tenant_id FROM change n JOIN run nr ON nr.change_id = n.id
   WHERE n.parent_id = c.id AND n.kind = 'retry' AND n.state <> 'planning'
     AND (nr.reason IS NULL OR nr.state <> 'planned')`;

/**
 * Counts the failed operations of change `c` that still need somebody, up to UNREPAIRED_MAX. A retry that was sent takes
 * a failure over, and counts it as its own if it fails again. A later write to the same person repairs it too: a
 * person who could not be created has an account, or one who could not be archived is archived.
 */
export const UNREPAIRED = Prisma.sql`(
  SELECT count(*)::int FROM (
    SELECT FROM run f JOIN operation o ON o.run_id = f.id AND o.state = 'failed'
      LEFT JOIN (SELECT DISTINCT tenant_id FROM (${RETRIES}) AS retries) AS compared ON compared.tenant_id = o.tenant_id
      LEFT JOIN (SELECT l.retry_of AS id, bool_or(l.state IN ${REACHED} OR l.state = 'queued') AS is_taken
                   FROM (${RETRIES}) AS retries JOIN operation l ON l.change_id = retries.id AND l.tenant_id = retries.tenant_id
                  WHERE l.retry_of IS NOT NULL GROUP BY l.retry_of) AS retried ON retried.id = o.id
     WHERE f.change_id = c.id
       AND (compared.tenant_id IS NULL OR retried.is_taken = false)
       AND NOT EXISTS (
         SELECT FROM operation later
          WHERE later.tenant_id = o.tenant_id AND later.resource_key = o.resource_key AND later.state IN ${TAKEN}
            AND later.accepted_at > coalesce(o.sent_at, c.applied_at)
            AND ((o.kind IN ('archive', 'restore') AND later.kind = o.kind)
              OR (o.kind = 'create' AND later.kind IN ('create', 'link', 'restore'))))
     LIMIT ${UNREPAIRED_MAX}) AS unrepaired)`;
