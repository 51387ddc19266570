import { randomUUID } from "node:crypto";
import pg from "pg";
import { hashPassword } from "@/lib/auth/password";
import type { Role } from "@/lib/auth/roles";
import { operatorScope, type RequestFacts, type Scope } from "@/lib/auth/scope";
import type { TestDatabase } from "@/test/database";

/** The password of every operator from makeOperator(). */
export const operatorPassword = "nine copper kettles hum quietly";

export type TestOperator = { id: string; name: string; email: string; role: Role };

let passwordHash: Promise<string> | undefined;

/**
 * An operator in the database, and the scope of their requests. Each has an address of its own.
 * @param grants ids of existing tenants; for a technician
 */
export async function makeOperator(
  database: TestDatabase,
  role: Role,
  grants: readonly string[] = [],
): Promise<{ scope: Scope; operator: TestOperator }> {
  const id = randomUUID();
  const operator = { id, name: `Test ${role}`, email: `${role}-${id}@rollcall.test`, role };
  passwordHash ??= hashPassword(operatorPassword);
  await insertOperator(database.webUrl, operator, await passwordHash, grants);
  const session = { ...operator, operatorId: id, sessionId: randomUUID(), tenantIds: grants };
  return { operator, scope: operatorScope(session, makeRequest()) };
}

let requests = 0;

/** The facts of a request. Each has an address of its own, from a range reserved for tests (RFC 2544). */
export function makeRequest(address = `198.18.${(++requests >> 8) % 256}.${requests % 256}`): RequestFacts {
  return { address, userAgent: "vitest", requestId: randomUUID() };
}

/** A connection of its own, so that it works in a test whose process is a worker or a sealer. */
async function insertOperator(
  webUrl: string,
  { id, name, email, role }: TestOperator,
  hash: string,
  grants: readonly string[],
): Promise<void> {
  const client = new pg.Client({ connectionString: webUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.all', 'on', true)");
    await client.query(
      "INSERT INTO operator (id, name, email, role, password_hash) VALUES ($1, $2, $3, $4, $5)",
      [id, name, email, role, hash],
    );
    await client.query("INSERT INTO tenant_grant (operator_id, tenant_id) SELECT $1, unnest($2::uuid[])", [
      id,
      grants,
    ]);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
