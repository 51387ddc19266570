import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { csvLists } from "@/app/api/exports/csv-lists";
import { GET } from "@/app/api/exports/[list]/route";
import { GET as GET_BAD_ROWS } from "@/app/api/imports/[importId]/problems/route";
import { POST } from "@/app/api/imports/route";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { mirrorPeople } from "@/lib/directory/people-under-test";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { inPieces, readWhole } from "@/test/csv";
import { getImport } from "@/lib/imports/data";
import { checkImport, readImport } from "@/lib/imports/mutations";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

// Only Next's request is left out.
vi.mock("@/lib/web/define-route", () => ({ defineRoute: (handler: unknown) => handler }));

type Handler = (scope: Scope, request: Request, params: Record<string, string>) => Promise<unknown>;
const exportList = GET as unknown as Handler;
const exportBadRows = GET_BAD_ROWS as unknown as Handler;
const upload = POST as unknown as Handler;

let database: TestDatabase;
let owner: Scope;
let auditor: Scope;
let technician: Scope;
const own = randomUUID();
const other = randomUUID();
let sharedChangeId = "";
let otherChangeId = "";

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.KEYS_DIR = database.keysDir;
  process.env.ROLLCALL_MODE = "test";
  connectDatabase(database.webUrl);
  const { scope, operator } = await makeOperator(database, "owner");
  owner = scope;
  for (const [id, name] of [
    [own, "Contoso Legal"],
    [other, "Secret Client"],
  ] as const) {
    await fillTenant(id, name, operator.id);
  }
  auditor = (await makeOperator(database, "auditor")).scope;
  technician = (await makeOperator(database, "technician", [own])).scope;
  sharedChangeId = await addChange(operator.id, [own, other], 1_300);
  otherChangeId = await addChange(operator.id, [other], 2);
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

async function fillTenant(id: string, name: string, operatorId: string): Promise<void> {
  await ask(
    "INSERT INTO tenant (id, name, tenant_url, domains, state) VALUES ($1, $2, 'http://127.0.0.1:9/', '{}', 'healthy')",
    [id, name],
  );
  const people = Array.from({ length: 250 }, (_, index) => {
    const n = index + 1;
    const displayName = `${name} ${String(n).padStart(3, "0")}`;
    const title = n === 3 ? '=HYPERLINK("http://evil")' : `Büro, "${n}"; x`;
    const attributes = { displayName, title, customDate1: "2026-11-21T00:00:00Z", workPhone: `+41 44 ${n}` };
    return { resourceId: `u${n}`, displayName, userName: `p${n}@x.example`, active: n % 5 > 0, attributes };
  });
  await mirrorPeople(ask, { tenantId: id, people });
  await ask(
    "INSERT INTO directory_group (tenant_id, resource_id, display_name, members, seen_at) VALUES ($1, 'g1', $2, 1, now()), ($1, 'g2', 'Board', 1, now())",
    [id, `Group of ${name}`],
  );
  await ask(
    "INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id) VALUES ($1, 'g1', 'u7'), ($1, 'g2', 'u7')",
    [id],
  );
  await ask(
    "INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, updated_by) VALUES ($1, $2, $2, 'csv', $3)",
    [id, `roster@${id}.example`, name],
  );
  await ask("INSERT INTO issue (tenant_id, code, subject, detail) VALUES ($1, 'timeout', '', $2)", [
    id,
    name,
  ]);
  await ask(
    "INSERT INTO roster_import (file_name, state, tenant_ids, requested_by) VALUES ($1, 'read', ARRAY[$2::uuid], $3)",
    [`${name}.csv`, id, operatorId],
  );
}

async function addChange(operatorId: string, tenantIds: string[], operations: number): Promise<string> {
  const [change] = await ask<{ id: string }>(
    `INSERT INTO change (kind, title, reason, intent, tenant_ids, requested_by, plan_hash, state, expires_at)
     VALUES ('reconcile', $1, 'why', '{}', $2, $3, repeat('0', 64), 'done', now()) RETURNING id`,
    [tenantIds.length > 1 ? "Both" : "Only Secret Client", tenantIds, operatorId],
  );
  for (const tenantId of tenantIds) {
    await ask(
      `WITH r AS (INSERT INTO run (change_id, tenant_id, state, queued_at) VALUES ($1, $2, 'done', now()) RETURNING id)
       INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent)
       SELECT r.id, $1, $2, n, 'create', 'confirmed', 'p' || n, (SELECT name FROM tenant WHERE id = $2) || ' ' || n, 'user:' || n, '{}'
         FROM r, generate_series(0, $3::int - 1) n`,
      [change?.id, tenantId, operations],
    );
  }
  return change?.id ?? "";
}

async function read(scope: Scope, list: string, query: Record<string, string> = {}) {
  const request = new Request(`https://rollcall.example/api/exports/${list}?${new URLSearchParams(query)}`);
  const response = (await exportList(scope, request, { list })) as Response;
  return response.text();
}

async function refusalOf(work: Promise<unknown>): Promise<Pick<AppError, "code" | "message">> {
  const refusal = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (refusal instanceof AppError) return { code: refusal.code, message: refusal.message };
  throw new Error("It was not refused.", { cause: refusal });
}

test("people are exported with all their values, and a re-import means the same", async () => {
  const file = await read(owner, "people");
  const { columns, rows } = await readWhole(file);
  expect(rows).toHaveLength(500);
  const [, , third] = rows;
  expect(third?.cells[columns.indexOf("Job title")]).toBe('=HYPERLINK("http://evil")');
  expect(file).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(file).toContain("'+41 44 7,");

  const given = {
    fileName: "x.csv",
    mode: "merge",
    tenantId: null,
    encoding: null,
    delimiter: null,
  } as const;
  const { importId } = await readImport(owner, given, inPieces(Buffer.from(file)));
  const { mapping } = await getImport(owner, { importId });
  expect(await checkImport(owner, { importId, mode: "merge", targets: mapping.targets })).toEqual({
    good: 500,
    bad: 0,
  });
  const differing = await ask(
    `SELECT r.seq FROM import_row r JOIN directory_user u ON u.tenant_id = r.tenant_id AND u.user_name_key = r.user_name_key
      WHERE r.import_id = $1 AND (r.fields - 'userName' <> u.attributes OR r.fields ->> 'userName' <> u.user_name OR r.active <> u.active
        OR r.groups <> ARRAY(SELECT g.display_name FROM directory_membership m JOIN directory_group g
             ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
            WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1))`,
    [importId],
  );
  expect(differing).toEqual([]);
});

test("a list's filters apply to its file, and both are recorded", async () => {
  const file = await readWhole(
    await read(technician, "people", { tenant: own, state: "archived", q: "Contoso" }),
  );
  expect(file.rows).toHaveLength(50);
  const [event] = await ask<{ body: string; tenant_id: string }>(
    "SELECT body, tenant_id FROM event WHERE action = 'list.exported' ORDER BY id DESC LIMIT 1",
  );
  expect(event?.tenant_id).toBe(own);
  expect(JSON.parse(event?.body ?? "")).toMatchObject({
    target: "people",
    details: { filters: { tenant: own, state: "archived", q: "Contoso" } },
  });
});

test.each(Object.keys(csvLists))(
  "%s refuses what is no filter of its own, and records no export",
  async (list) => {
    const count = "SELECT count(*)::int AS n FROM event WHERE action IN ('list.exported', 'audit.exported')";
    const before = await ask(count);
    const request = new Request(
      `https://rollcall.example/api/exports/${list}?tenant=${own}&change=${own}&token=1`,
    );
    await expect(exportList(owner, request, { list })).rejects.toThrow(/unrecognized/i);
    expect(await ask(count)).toEqual(before);
  },
);

test("every operation of a change is exported, however many", async () => {
  const file = await readWhole(await read(owner, "operations", { change: sharedChangeId }));
  expect(file.rows).toHaveLength(2_600);
  expect(new Set(file.rows.map(({ cells }) => cells[3])).size).toBe(2_600);
});

test("an auditor exports the log, and the log records it", async () => {
  const { columns, rows } = await readWhole(await read(auditor, "events", { action: "list.exported" }));
  expect(rows.every(({ cells }) => cells[columns.indexOf("Action")] === "list.exported")).toBe(true);
  expect(rows.some(({ cells }) => cells[columns.indexOf("Details")]?.includes('"filters"'))).toBe(true);
  const [event] = await ask<{ body: string }>("SELECT body FROM event WHERE action = 'audit.exported'");
  expect(event?.body).toContain('"action":"list.exported"');
});

describe("a technician", () => {
  const filters: Record<string, (tenantId: string, changeId: string) => Record<string, string>> = {
    operations: (_tenantId, change) => ({ change }),
    events: (tenantId) => ({ tenantId }),
  };

  test.for(Object.keys(csvLists))(
    "gets the answer for a missing one when asking for %s of another's tenant",
    async (list) => {
      const filterOf = filters[list] ?? ((tenant: string) => ({ tenant }));
      const ofLists = ["changes", "imports", "template"];
      if (ofLists.includes(list)) {
        expect(await read(technician, list)).not.toContain("Secret");
        return;
      }
      const foreign = await refusalOf(read(technician, list, filterOf(other, otherChangeId)));
      expect(foreign).toEqual(await refusalOf(read(technician, list, filterOf(randomUUID(), randomUUID()))));
      expect(foreign.code).toBe("not-found");
    },
  );

  test.for(["people", "groups", "changes", "events", "imports", "issues"])(
    "gets %s only of their own tenants",
    async (list) => {
      const file = await read(technician, list);
      expect(file).not.toContain("Secret");
      expect((await readWhole(file)).rows.length).toBeGreaterThan(0);
    },
  );

  test("gets their own part of a change that includes another's tenant", async () => {
    const file = await read(technician, "operations", { change: sharedChangeId });
    expect(file).not.toContain("Secret");
    expect((await readWhole(file)).rows).toHaveLength(1_300);
  });

  test("exports the rows to repair of their own file, with the repairs, and of no other", async () => {
    const given = {
      fileName: "Näme.csv",
      mode: "merge",
      tenantId: own,
      encoding: null,
      delimiter: null,
    } as const;
    const bytes = Buffer.from("Email,Custom date 1,Note\r\na@b.ch,soon,=1+1\r\nc@d.ch,,ok\r\n,,x\r\n");
    const { importId } = await readImport(technician, given, inPieces(bytes));
    await checkImport(technician, {
      importId,
      mode: "merge",
      targets: ["userName", "customDate1", "ignore"],
    });
    const request = new Request("https://rollcall.example/");
    const response = (await exportBadRows(technician, request, { importId })) as Response;
    expect(response.headers.get("content-disposition")).toContain("Na-me-rows-to-repair.csv");
    const file = await response.text();
    expect(file).toContain("'=1+1");
    expect((await readWhole(file)).rows.map(({ cells }) => cells)).toEqual([
      [
        "a@b.ch",
        "soon",
        "=1+1",
        "Custom date 1: Custom date 1 is not a date. Write it as 2022-04-04T04:23:30Z.",
      ],
      ["", "", "x", "Email: The e-mail address is missing. Fill it in, or delete the row."],
    ]);
    const [foreign] = await ask<{ id: string }>(
      "SELECT id FROM roster_import WHERE file_name = 'Secret Client.csv'",
    );
    const refused = await refusalOf(exportBadRows(technician, request, { importId: foreign?.id ?? "" }));
    expect(refused).toEqual(await refusalOf(exportBadRows(technician, request, { importId: randomUUID() })));
  });
});

describe("an upload", () => {
  function ofPage(origin: string, query = `fileName=a.csv&mode=merge&tenantId=${own}`) {
    return new Request(`https://rollcall.example/api/imports?${query}`, {
      method: "POST",
      headers: { origin },
      body: "Email\r\na@b.ch\r\n",
    });
  }

  test("is read from our own page, and from nowhere else", async () => {
    const { importId } = (await upload(technician, ofPage(env().APP_ORIGIN), {})) as { importId: string };
    expect(await getImport(technician, { importId })).toMatchObject({
      state: "read",
      rows: 1,
      fileName: "a.csv",
    });
    expect((await refusalOf(upload(technician, ofPage("https://evil.example"), {}))).code).toBe("forbidden");
    const unsaid = new Request("https://rollcall.example/api/imports", { method: "POST", body: "x" });
    expect((await refusalOf(upload(technician, unsaid, {}))).code).toBe("forbidden");
  });

  test("names no field that an upload does not have", async () => {
    const sneaky = ofPage(env().APP_ORIGIN, `fileName=a.csv&mode=merge&tenantId=${own}&state=checked`);
    await expect(upload(technician, sneaky, {})).rejects.toThrow(/unrecognized/i);
  });
});
