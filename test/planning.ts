import { randomUUID } from "node:crypto";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import type { Intent } from "@/lib/changes/model/intent";
import { closeSender } from "@/lib/queue/boss";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";

/** A database in which changes are planned and applied, without a worker. */
export type Planning = {
  database: TestDatabase;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

export async function openPlanning(): Promise<Planning> {
  const database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  connectDatabase(database.webUrl);
  return {
    database,
    rows: (sql, values) => askAsOwner(database.ownerUrl, sql, values),
    async close() {
      await closeSender();
      await closeDatabase();
      await database.drop();
    },
  };
}

/**
 * A writable tenant after a full read: people `u1` (p1@acme.example) onwards, all of Sales.
 * @param fleetActive the active people that its last read reported, if a test does not concern the fleet's limits
 */
export async function addTenant(
  { rows }: Planning,
  { people, fleetActive = people }: { people: number; fleetActive?: number },
): Promise<string> {
  const [id, readId] = [randomUUID(), randomUUID()];
  await rows(
    `INSERT INTO tenant (id, name, tenant_url, mode, state, domains, read_id)
     VALUES ($1::uuid, $3, 'https://acme.example/' || $1::uuid, 'source', 'healthy', '{acme.example}', $2)`,
    [id, readId, `Acme ${id.slice(0, 8)}`],
  );
  await rows(
    `INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at, users, active)
     VALUES ($1, $2, 'complete', 'test', now(), $3, $3)`,
    [readId, id, fleetActive],
  );
  await rows(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT $1, 'u' || n, a.address, a.address, 'Person ' || n, true,
            jsonb_build_object('userName', a.address, 'department', 'Sales'), now()
       FROM generate_series(1, $2::int) n, LATERAL (SELECT 'p' || n || '@acme.example' AS address) a`,
    [id, people],
  );
  return id;
}

export type ImportedPerson = { userName: string; fields: Record<string, string>; groups?: string[] };

type ImportSettings = { bad?: number; isUnchanged?: boolean; mode?: "full" | "merge" };

/** A checked file of one tenant, with some unusable rows. @returns the import's id */
export async function addImport(
  { rows }: Planning,
  { tenantId, people }: { tenantId: string; people: readonly ImportedPerson[] },
  { bad = 0, isUnchanged = false, mode = "full" }: ImportSettings = {},
): Promise<string> {
  const id = randomUUID();
  await rows(
    `INSERT INTO roster_import (id, file_name, state, mode, tenant_ids, requested_by)
     VALUES ($1, 'staff.csv', 'checked', $4, $2, $3)`,
    [id, [tenantId], randomUUID(), mode],
  );
  const given = people.map(({ userName, fields, groups = [] }, index) => ({
    seq: index + 1,
    userName,
    fields: isUnchanged ? { department: "Sales" } : fields,
    groups,
  }));
  await rows(
    `INSERT INTO import_row (import_id, seq, tenant_id, cells, user_name_key, fields, groups, is_good)
     SELECT $1, r.seq, $2, '{}', r."userName", r.fields, r.groups, true
       FROM jsonb_to_recordset($3::jsonb) AS r(seq int, "userName" text, fields jsonb, groups text[])`,
    [id, tenantId, JSON.stringify(given)],
  );
  await rows(
    `INSERT INTO import_row (import_id, seq, tenant_id, cells) SELECT $1, 100000 + n, $2, '{}' FROM generate_series(1, $3::int) n`,
    [id, tenantId, bad],
  );
  return id;
}

/** An intent to offboard the people from one number to another. */
export function offboardOf(tenantId: string, from: number, to: number): Intent {
  const accounts = Array.from({ length: to - from + 1 }, (_, index) => ({
    tenantId,
    resourceId: `u${from + index}`,
    userName: `p${from + index}@acme.example`,
  }));
  return { kind: "offboard", accounts };
}
