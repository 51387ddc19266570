import { randomUUID } from "node:crypto";
import type { FleetTenant } from "@/test/fleet";
import type { Stack } from "@/test/stack";

/**
 * Queues `count` creates in one run of a connected tenant, with one statement past every guard: storing a plan of
 * 100,000 as planChange does takes longer than most tests. The sweep finds them. @returns the change's id
 */
export async function queueMany(
  { rows }: Stack,
  { tenantId, domain }: FleetTenant,
  count: number,
): Promise<string> {
  const [changeId, runId] = [randomUUID(), randomUUID()];
  await rows(
    `INSERT INTO change (id, kind, title, state, reason, intent, tenant_ids, requested_by, plan_hash, expires_at, applied_at)
     SELECT $1, 'onboard', 'Many people', 'applying', 'Many', '{}', ARRAY[$2]::uuid[], id, '0', now() + interval '1 day', now()
       FROM operator LIMIT 1`,
    [changeId, tenantId],
  );
  // Insert the operations first: no worker may take the run before they exist.
  await rows("INSERT INTO run (id, change_id, tenant_id, state) VALUES ($1, $2, $3, 'planned')", [
    runId,
    changeId,
    tenantId,
  ]);
  await rows(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent)
     SELECT $1, $2, $3, n, 'create', 'queued', p.address, p.address, 'user:' || p.address,
            jsonb_build_object('kind', 'create', 'values', jsonb_build_object('userName', p.address, 'givenName', 'Person'))
       FROM generate_series(1, $4::int) n, LATERAL (SELECT 'person.' || n || '@' || $5 AS address) p`,
    [runId, changeId, tenantId, count, domain],
  );
  await rows("UPDATE run SET state = 'queued', queued_at = now(), next_at = now() WHERE id = $1", [runId]);
  return changeId;
}
