import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { UNFINISHED_RUN } from "@/lib/db/state-lists";
import { transaction } from "@/lib/db/transaction";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";

/**
 * Finds the tenants that have work due, from our own tables alone. The queue is therefore only a wake-up: if all its
 * jobs were deleted, or their worker killed, the next sweep would still find everything unfinished.
 *
 * A tenant is left out while its work may not be done now; otherwise it would be taken and released every second.
 * While the fleet is stopped, only work that sends nothing is due. A sync whose read is under way waits for it.
 * Accepted operations are read back when no run is active.
 */
export async function listDueTenants(scope: Scope): Promise<string[]> {
  requireSystem(scope);
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<{ id: string }[]>`
    WITH fleet AS (SELECT NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL) AS goes_on)
    SELECT t.id FROM tenant t, fleet
     WHERE (t.state = 'disconnected'
            AND EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id AND r.state IN ${UNFINISHED_RUN}))
        OR (fleet.goes_on AND t.state = 'connecting')
        OR (fleet.goes_on AND t.state = 'quarantined' AND t.probe_next_at <= now())
        OR (fleet.goes_on AND t.state = 'healthy' AND (t.cooldown_to IS NULL OR t.cooldown_to <= now()) AND (
              EXISTS (SELECT FROM directory_read d WHERE d.tenant_id = t.id
                       AND (d.state = 'queued' OR (d.state = 'running' AND d.lease_until < now())))
              OR (t.sync_next_at <= now() AND NOT EXISTS (SELECT FROM directory_read d WHERE d.tenant_id = t.id
                       AND d.state = 'running'))
              OR t.failures >= ${BREAKER_FAILURES}
              OR (t.mode <> 'observe' AND EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id
                       AND ((r.state = 'queued' AND r.next_at <= now()) OR (r.state = 'running' AND r.lease_until < now()))))
              OR (EXISTS (SELECT FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted' AND o.confirm_at <= now())
                  AND NOT EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id AND r.state = 'running'))))
     ORDER BY random()`,
  );
  return rows.map(({ id }) => id);
}
