import { randomUUID } from "node:crypto";

type Ask = (sql: string, values: unknown[]) => Promise<unknown>;

export type InsertedRun = { tenantId: string; changeId: string; runId: string };

/** Inserts a healthy tenant with one queued run of creates, past every guard, for tests of single engine functions. */
export async function insertRun(ask: Ask, operatorId: string, creates: number): Promise<InsertedRun> {
  const [tenantId, changeId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  await ask(
    "INSERT INTO tenant (id, name, tenant_url, mode, state) VALUES ($1, 'Acme', 'https://acme.example', 'source', 'healthy')",
    [tenantId],
  );
  await ask(
    "INSERT INTO credential (tenant_id, version, fingerprint, created_by) VALUES ($1, 1, '0', 'a test')",
    [tenantId],
  );
  await ask(
    `INSERT INTO change (id, kind, title, state, reason, intent, tenant_ids, requested_by, plan_hash, expires_at)
     VALUES ($1, 'onboard', 'People', 'applying', 'A test', '{}', ARRAY[$2]::uuid[], $3, '0', now() + interval '1 day')`,
    [changeId, tenantId, operatorId],
  );
  await ask(
    "INSERT INTO run (id, change_id, tenant_id, state, queued_at) VALUES ($1, $2, $3, 'queued', now())",
    [runId, changeId, tenantId],
  );
  await ask(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent)
     SELECT $1, $2, $3, n, 'create', 'queued', 'p' || n, 'p' || n, 'user:p' || n, '{"kind":"create","values":{}}'
       FROM generate_series(1, $4::int) n`,
    [runId, changeId, tenantId, creates],
  );
  return { tenantId, changeId, runId };
}
