import { randomUUID } from "node:crypto";

type Ask = <Row = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;

/** A tenant after a full read, with Ana (in Choir) and Bo active and Cy archived. */
export async function makeReadTenant(ask: Ask): Promise<string> {
  const id = randomUUID();
  const readId = randomUUID();
  await ask(
    "INSERT INTO tenant (id, name, tenant_url, state, read_id) VALUES ($1, 'Acme', 'https://x', 'healthy', $2)",
    [id, readId],
  );
  await ask(
    "INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at) VALUES ($1, $2, 'complete', 'test', now())",
    [readId, id],
  );
  await ask(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     VALUES ($1, 'r-ana', 'Ana@acme.example', 'ana@acme.example', 'Ana', true,
             '{"userName":"Ana@acme.example","title":"Clerk","department":"Sales"}', now()),
            ($1, 'r-bo', 'bo@acme.example', 'bo@acme.example', 'Bo', true, '{"userName":"bo@acme.example"}', now()),
            ($1, 'r-cy', 'cy@acme.example', 'cy@acme.example', 'Cy', false, '{"userName":"cy@acme.example"}', now())`,
    [id],
  );
  await ask(
    "INSERT INTO directory_group (tenant_id, resource_id, display_name, seen_at) VALUES ($1, 'g1', 'Choir', now())",
    [id],
  );
  await ask("INSERT INTO directory_membership VALUES ($1, 'g1', 'r-ana')", [id]);
  return id;
}

/** The audit events of one action in a tenant, oldest first. */
export async function listEventsOf(ask: Ask, tenantId: string, action: string) {
  const events = await ask<{ body: string }>(
    "SELECT body FROM event WHERE tenant_id = $1 AND action = $2 ORDER BY id",
    [tenantId, action],
  );
  return events.map(({ body }) => JSON.parse(body));
}
