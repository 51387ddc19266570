import { randomUUID } from "node:crypto";
import pg from "pg";

/** A tenant of many people, and a checked file that changes one attribute of each. */
export type LargeImport = { tenantId: string; importId: string };

/** Filled by the database's owner, in statements of the server's own: uploading is not what is measured. */
export async function addLargeImport(ownerUrl: string, people: number): Promise<LargeImport> {
  const [tenantId, importId, readId] = [randomUUID(), randomUUID(), randomUUID()];
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.all', 'on', false)");
    await client.query(
      `INSERT INTO tenant (id, name, tenant_url, mode, state, domains, read_id)
       VALUES ($1, 'Acme', 'https://acme.example', 'source', 'healthy', '{acme.example}', $2)`,
      [tenantId, readId],
    );
    await client.query(
      `INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at, users, active)
       VALUES ($1, $2, 'complete', 'bench', now(), $3, $3)`,
      [readId, tenantId, people],
    );
    await client.query(
      `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
       SELECT $1, 'u' || n, a.address, a.address, 'Person ' || n, true,
              jsonb_build_object('userName', a.address, 'department', 'Sales', 'title', 'Title ' || n % 200), now()
         FROM generate_series(1, $2::int) n, LATERAL (SELECT 'p' || n || '@acme.example' AS address) a`,
      [tenantId, people],
    );
    await client.query(
      `INSERT INTO roster_import (id, file_name, state, mode, tenant_ids, requested_by)
       VALUES ($1, 'staff.csv', 'checked', 'merge', ARRAY[$2::uuid], gen_random_uuid())`,
      [importId, tenantId],
    );
    await client.query(
      `INSERT INTO import_row (import_id, seq, tenant_id, cells, user_name_key, fields, is_good)
       SELECT $1, n, $2, '{}', 'p' || n || '@acme.example', '{"department": "Legal"}', true FROM generate_series(1, $3::int) n`,
      [importId, tenantId, people],
    );
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
  return { tenantId, importId };
}
