import { afterAll, beforeAll, describe, expect, test } from "vitest";
import pg from "pg";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";

/* The rights of each serving role, from the database's own catalogue. A right that was added by mistake fails this. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

const grants: Record<string, Record<string, string>> = {
  rollcall_web: {
    _prisma_migrations: "SELECT",
    attempt: "SELECT",
    change: "INSERT SELECT UPDATE",
    approval: "INSERT SELECT",
    "approval(given_at)": "UPDATE",
    "approval(stopped_at)": "UPDATE",
    "approval(stopped_by)": "UPDATE",
    change_author: "SELECT",
    change_task: "DELETE INSERT SELECT",
    tenant_author: "SELECT",
    credential: "INSERT SELECT UPDATE",
    directory_group: "SELECT",
    directory_membership: "SELECT",
    directory_read: "INSERT SELECT",
    directory_user: "SELECT",
    directory_word: "SELECT",
    drift: "SELECT UPDATE",
    event: "SELECT",
    "event(body)": "INSERT",
    event_link: "SELECT",
    event_pending: "SELECT",
    fleet: "SELECT UPDATE",
    import_mapping: "INSERT SELECT UPDATE",
    import_row: "DELETE INSERT SELECT UPDATE",
    installation: "INSERT SELECT",
    login_throttle: "DELETE INSERT SELECT UPDATE",
    issue: "INSERT SELECT UPDATE",
    operation: "INSERT SELECT UPDATE",
    operation_tally: "SELECT",
    operator: "INSERT SELECT UPDATE",
    person_guard: "DELETE INSERT SELECT UPDATE",
    roster_entry: "DELETE INSERT SELECT UPDATE",
    roster_import: "INSERT SELECT UPDATE",
    roster_listing: "INSERT SELECT",
    roster_policy: "INSERT SELECT UPDATE",
    run: "INSERT SELECT UPDATE",
    seal: "SELECT",
    sealed_token: "DELETE",
    "sealed_token(credential_id)": "INSERT SELECT",
    "sealed_token(sealed)": "INSERT",
    "sealed_token(tenant_id)": "INSERT SELECT",
    session: "INSERT SELECT UPDATE",
    setup_code: "DELETE SELECT",
    tenant: "INSERT SELECT UPDATE",
    tenant_grant: "DELETE INSERT SELECT",
    worker: "SELECT",
    change_number_seq: "USAGE",
    event_id_seq: "USAGE",
    "fleet_day()": "EXECUTE",
    "has_other_approver()": "EXECUTE",
    "inherit_authors()": "EXECUTE",
    "is_written_elsewhere()": "EXECUTE",
    "keys_elsewhere()": "EXECUTE",
    "owned_domains()": "EXECUTE",
    "operator_may_touch()": "EXECUTE",
  },
  rollcall_worker: {
    _prisma_migrations: "SELECT",
    attempt: "INSERT SELECT",
    change: "INSERT SELECT UPDATE",
    approval: "INSERT SELECT",
    "approval(given_at)": "UPDATE",
    "approval(stopped_at)": "UPDATE",
    "approval(stopped_by)": "UPDATE",
    change_author: "SELECT",
    change_task: "DELETE SELECT UPDATE",
    tenant_author: "SELECT",
    credential: "SELECT UPDATE",
    directory_group: "DELETE INSERT SELECT UPDATE",
    directory_membership: "DELETE INSERT SELECT UPDATE",
    directory_read: "INSERT SELECT UPDATE",
    directory_user: "DELETE INSERT SELECT UPDATE",
    drift: "INSERT SELECT UPDATE",
    event: "SELECT",
    "event(body)": "INSERT",
    fleet: "SELECT",
    import_row: "DELETE SELECT",
    installation: "INSERT SELECT",
    issue: "INSERT SELECT UPDATE",
    operation: "INSERT SELECT UPDATE",
    operation_tally: "SELECT",
    person_guard: "SELECT",
    roster_entry: "INSERT SELECT UPDATE",
    roster_import: "SELECT",
    "roster_import(ended_at)": "UPDATE",
    "roster_import(problem)": "UPDATE",
    "roster_import(state)": "UPDATE",
    roster_listing: "INSERT SELECT",
    roster_policy: "SELECT",
    run: "INSERT SELECT UPDATE",
    sealed_token: "SELECT",
    tenant: "SELECT UPDATE",
    worker: "DELETE INSERT SELECT UPDATE",
    attempt_id_seq: "USAGE",
    change_number_seq: "USAGE",
    drift_id_seq: "USAGE",
    event_id_seq: "USAGE",
    "fleet_day()": "EXECUTE",
    "has_other_approver()": "EXECUTE",
    "inherit_authors()": "EXECUTE",
    "keys_elsewhere()": "EXECUTE",
    "owned_domains()": "EXECUTE",
    "operator_may_touch()": "EXECUTE",
    "operator_reach()": "EXECUTE",
    "run_states_of_change()": "EXECUTE",
  },
  rollcall_sealer: {
    event: "SELECT",
    "event(body)": "INSERT",
    event_link: "INSERT SELECT",
    event_pending: "DELETE SELECT",
    installation: "INSERT SELECT",
    issue: "INSERT SELECT UPDATE",
    seal: "INSERT SELECT",
    event_id_seq: "USAGE",
  },
};

describe.each(Object.keys(grants))("%s", (role) => {
  test("has exactly the listed rights", async () => {
    const rows = await ask<{ name: string; rights: string }>(
      `WITH granted (name, acl) AS (
         SELECT relname, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace
         UNION ALL SELECT relname || '(' || attname || ')', attacl FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
          WHERE c.relnamespace = 'public'::regnamespace
         UNION ALL SELECT proname || '()', proacl FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
       SELECT name, string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type) AS rights
         FROM granted, aclexplode(acl) a WHERE a.grantee = $1::regrole GROUP BY name`,
      [role],
    );
    expect(Object.fromEntries(rows.map(({ name, rights }) => [name, rights]))).toEqual(grants[role]);
  });

  test("owns nothing, is in no other role and bypasses no rule", async () => {
    expect(
      await ask(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = $1",
        [role],
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
      },
    ]);
    expect(await ask("SELECT relname FROM pg_class WHERE relowner = $1::regrole", [role])).toEqual([]);
    expect(
      await ask("SELECT roleid::regrole FROM pg_auth_members WHERE member = $1::regrole", [role]),
    ).toEqual([]);
    expect(await ask("SELECT has_schema_privilege($1, 'public', 'CREATE') AS may", [role])).toEqual([
      { may: false },
    ]);
  });
});

test("PUBLIC may not use a table, or call a function that runs with its owner's rights", async () => {
  const open = await ask(
    `SELECT relname FROM pg_class, aclexplode(relacl) a WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0`,
  );
  expect(open).toEqual([]);
  const definers = await ask<{ proname: string }>(
    `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        AND prorettype <> 'trigger'::regtype AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) a WHERE a.grantee = 0))`,
  );
  expect(definers).toEqual([]);
  // A function with its owner's rights must not look names up where others may create theirs.
  const loose = await ask(
    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proconfig IS NULL",
  );
  expect(loose).toEqual([]);
});

test("every table with tenants' rows forces row-level security and has a policy", async () => {
  const tables = await ask<{ name: string; isGuarded: boolean }>(
    `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
              SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND pg_get_expr(p.polqual, p.polrelid) ~ 'scope_tenants') AS "isGuarded"
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND (c.relname = 'tenant' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('tenant_id', 'tenant_ids') AND NOT a.attisdropped))
      ORDER BY 1`,
  );
  expect(tables.filter(({ isGuarded }) => !isGuarded)).toEqual([]);
  expect(tables.map(({ name }) => name)).toEqual([
    "approval",
    "attempt",
    "change",
    "change_task",
    "credential",
    "directory_group",
    "directory_membership",
    "directory_read",
    "directory_user",
    "directory_word",
    "drift",
    "event",
    "import_mapping",
    "import_row",
    "issue",
    "operation",
    "operation_tally",
    "person_guard",
    "roster_entry",
    "roster_import",
    "roster_listing",
    "roster_policy",
    "run",
    "sealed_token",
    "tenant",
    "tenant_author",
    "tenant_grant",
  ]);
});

test("the web process cannot read a sealed token by any query", async () => {
  const client = new pg.Client({ connectionString: database.webUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.all', 'on', false)");
    for (const sql of [
      "SELECT sealed FROM sealed_token",
      "SELECT * FROM sealed_token",
      "SELECT t::text FROM sealed_token t",
      "DELETE FROM sealed_token RETURNING sealed",
      "SELECT credential_id FROM sealed_token WHERE sealed LIKE 'a%'",
      "UPDATE sealed_token SET tenant_id = tenant_id",
      "COPY sealed_token TO STDOUT",
    ])
      await expect(client.query(sql), sql).rejects.toThrow("permission denied");
  } finally {
    await client.end();
  }
});
