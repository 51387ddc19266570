import { systemScope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

/**
 * Finds the tenants that have work due, from our own tables alone. It is what makes the queue a mere alarm clock:
 * with every job of it deleted, or its worker killed, the next sweep takes up all that is unfinished.
 */
export async function listDueTenants(): Promise<string[]> {
  const rows = await transaction(
    systemScope("worker", "all"),
    (tx) => tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenant t
     WHERE (t.state = 'connecting')
        OR (t.state = 'disconnected'
            AND EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id AND r.state IN ('queued', 'running')))
        OR (t.state = 'healthy' AND (t.cooldown_to IS NULL OR t.cooldown_to <= now()) AND (
              EXISTS (SELECT FROM directory_read d WHERE d.tenant_id = t.id
                       AND (d.state = 'queued' OR (d.state = 'running' AND d.lease_until < now())))
              OR (t.mode <> 'observe' AND EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id
                       AND ((r.state = 'queued' AND r.next_at <= now()) OR (r.state = 'running' AND r.lease_until < now()))))
              OR EXISTS (SELECT FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted' AND o.confirm_at <= now())))
     ORDER BY random()`,
  );
  return rows.map(({ id }) => id);
}
