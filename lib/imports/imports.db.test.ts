import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { inPieces, makePeople } from "@/test/csv";
import { getImport, listBadRows, listImports, listProblems } from "@/lib/imports/data";
import { checkImport, discardImport, readImport } from "@/lib/imports/mutations";
import { type UploadImport, uploadImportSchema } from "@/lib/imports/schema";
import type { ColumnTarget } from "@/lib/imports/types";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { sizeOf } from "@/test/run-length";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
let technician: Scope;
let auditor: Scope;
const own = randomUUID();
const other = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  await addTenant(own, "Contoso Legal", ["contoso.com"]);
  await addTenant(other, "Secret Client", ["secret.example"]);
  owner = (await makeOperator(database, "owner")).scope;
  auditor = (await makeOperator(database, "auditor")).scope;
  technician = (await makeOperator(database, "technician", [own])).scope;
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

async function addTenant(id: string, name: string, domains: string[]): Promise<void> {
  await ask(
    "INSERT INTO tenant (id, name, tenant_url, domains, state) VALUES ($1, $2, 'http://127.0.0.1:9/', $3, 'healthy')",
    [id, name, domains],
  );
}

function upload(
  scope: Scope,
  file: string | AsyncIterable<Uint8Array>,
  input: Partial<UploadImport> = {},
): Promise<{ importId: string }> {
  const given = uploadImportSchema.parse({ fileName: "people.csv", mode: "merge", tenantId: own, ...input });
  return readImport(scope, given, typeof file === "string" ? inPieces(Buffer.from(file)) : file);
}

/** Uploads and checks a file with the proposed mapping, or with the given one. */
async function check(
  scope: Scope,
  file: string,
  input: Partial<UploadImport> = {},
  targets?: ColumnTarget[],
) {
  const { importId } = await upload(scope, file, input);
  const { mapping, mode } = await getImport(scope, { importId });
  await checkImport(scope, { importId, mode, targets: targets ?? mapping.targets });
  return getImport(scope, { importId });
}

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const refusal = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (refusal instanceof AppError) return refusal;
  throw new Error("It was not refused.", { cause: refusal });
}

async function countRows(importId: string): Promise<number> {
  const [row] = await ask<{ rows: number }>(
    "SELECT count(*)::int AS rows FROM import_row WHERE import_id = $1",
    [importId],
  );
  return row?.rows ?? 0;
}

describe("reading a file", () => {
  // The statements of 200 blocks: minutes on a busy machine.
  test("tens of thousands of rows are stored with only a few thousand in memory", {
    timeout: 300_000,
  }, async () => {
    const rows = sizeOf({ short: 20_000, long: 100_000 });
    const { bytes, made } = makePeople(rows, "contoso.com");
    const inFlight: number[] = [];
    async function* watched() {
      let pieces = 0;
      for await (const piece of bytes) {
        if (++pieces % 20 === 0) {
          const [kept] = await ask<{ rows: number }>("SELECT count(*)::int AS rows FROM import_row");
          inFlight.push(made.count - (kept?.rows ?? 0));
        }
        yield piece;
      }
    }
    const { importId } = await upload(technician, watched());
    expect(inFlight.length).toBeGreaterThan(8);
    expect(Math.max(...inFlight)).toBeLessThan(8_000);
    expect(await countRows(importId)).toBe(rows);

    const read = await getImport(technician, { importId });
    expect(read).toMatchObject({ state: "read", rows, delimiter: ";", encoding: "utf-8" });
    expect(read.mapping.targets).toEqual([
      "userName",
      "givenName",
      "familyName",
      "department",
      "groups",
      "status",
    ]);
    expect(read.samples[3]).toEqual(["Büro 0", "Büro 1", "Büro 2"]);
    const counts = await checkImport(technician, { importId, mode: "merge", targets: read.mapping.targets });
    expect(counts).toEqual({ good: rows, bad: 0 });
    const [last] = await ask(
      "SELECT fields, groups, active, tenant_id FROM import_row WHERE import_id = $1 AND seq = $2",
      [importId, rows + 1],
    );
    expect(last).toEqual({
      tenant_id: own,
      fields: {
        userName: `person.${rows - 1}@contoso.com`,
        givenName: "Jürgen",
        familyName: `Müller "${rows - 1}"`,
        department: "Büro 39",
      },
      groups: ["Alle", `Team ${(rows - 1) % 7}`],
      active: true,
    });
    await discardImport(technician, { importId });
    expect(await countRows(importId)).toBe(0);
  });

  test("an upload that is cut off leaves a failed import without rows", async () => {
    async function* cut() {
      yield* inPieces(Buffer.from(`Email\r\n${"a@contoso.com\r\n".repeat(30_000)}`));
      throw new Error("socket hang up");
    }
    const refusal = await refusalOf(upload(owner, cut(), { fileName: "cut.csv" }));
    expect(refusal.message).toMatch(/stopped before/);
    const failed = (await listImports(owner, {})).rows.find(({ fileName }) => fileName === "cut.csv");
    expect(failed).toMatchObject({ state: "failed", problem: refusal.message, rows: 0 });
    expect(await countRows(failed?.id ?? "")).toBe(0);
    const [event] = await ask<{ body: string }>(
      "SELECT body FROM event WHERE action = 'import.read' AND tenant_id = $1 ORDER BY id DESC",
      [own],
    );
    expect(event?.body).toContain('"result":"failed"');
  });

  test("a header without rows and a file that is not CSV are refused with a next step", async () => {
    expect((await refusalOf(upload(owner, "Email,Name\r\n"))).message).toMatch(/no rows/);
    expect((await refusalOf(upload(owner, "PK\x03\x04"))).message).toMatch(/workbook/);
  });

  test("an import that is discarded while its file is read keeps nothing", async () => {
    async function* slow() {
      yield Buffer.from(`Email\r\n${"a@contoso.com\r\n".repeat(10_000)}`);
      const [reading] = await ask<{ id: string }>("SELECT id FROM roster_import WHERE state = 'reading'");
      await discardImport(owner, { importId: reading?.id ?? "" });
      yield Buffer.from("a@contoso.com\r\n".repeat(10_000));
    }
    expect((await refusalOf(upload(owner, slow(), { fileName: "slow.csv" }))).message).toMatch(/discarded/);
    const found = (await listImports(owner, {})).rows.find(({ fileName }) => fileName === "slow.csv");
    expect([found?.state, await countRows(found?.id ?? "")]).toEqual(["discarded", 0]);
  });
});

describe("checking a file", () => {
  const hostile = [
    "Email,Custom date 1,Groups,Note,Password",
    "ann@contoso.com,2026-11-21,All;Board,=cmd|' /C calc'!A0,hunter2",
    "bob@contoso.com,21.11.2026,,,",
    "cat@contoso.com,soon,,,",
    "dan@gmail.com,,,,",
    "eve@contoso.com,,,,",
    "EVE@contoso.com,,,,",
    "fay@contoso.com,,,,,six",
    '"=1+1@contoso.com",,,,',
    ",,,x,",
  ].join("\r\n");

  test("clean rows are kept, and the others are grouped by repair", async () => {
    const found = await check(owner, hostile, {}, ["userName", "customDate1", "groups", "extra", "ignore"]);
    expect(found).toMatchObject({ state: "checked", good: 2, bad: 7, rows: 9 });
    expect(found.byTenant).toEqual([{ tenantId: own, name: "Contoso Legal", good: 2, bad: 7 }]);
    const good = await ask(
      "SELECT seq, fields, groups FROM import_row WHERE import_id = $1 AND is_good ORDER BY seq",
      [found.id],
    );
    expect(good).toEqual([
      {
        seq: 2,
        fields: {
          userName: "ann@contoso.com",
          customDate1: "2026-11-21T00:00:00Z",
          Note: "=cmd|' /C calc'!A0",
        },
        groups: ["All", "Board"],
      },
      { seq: 9, fields: { userName: "=1+1@contoso.com" }, groups: [] },
    ]);
    const problems = await listProblems(owner, { importId: found.id });
    expect(problems.map(({ code, column, rows, examples }) => [code, column, rows, examples[0]])).toEqual([
      ["value", "Custom date 1", 2, { seq: 3, cell: "21.11.2026" }],
      ["duplicate-source", "Email", 2, { seq: 6, cell: "eve@contoso.com" }],
      ["domain-not-allowed", "Email", 1, { seq: 5, cell: "dan@gmail.com" }],
      ["ragged", null, 1, { seq: 8, cell: "" }],
      ["address-missing", "Email", 1, { seq: 10, cell: "" }],
    ]);
    expect((await listBadRows(owner, { importId: found.id, after: 8 })).map(({ seq }) => seq)).toEqual([10]);
    expect(JSON.stringify(await ask("SELECT cells FROM import_row"))).not.toContain("hunter2");
  });

  test.for([
    [
      "Google's",
      [
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Department",
        "Ida,Holm,ida.holm@contoso.com,Secret-81!,Legal",
        "Otto,Berg,nobody,Secret-82!,Legal",
        "Piet,de Boer,piet@contoso.com,Secret-83!,Legal, and more",
      ],
    ],
    [
      "Microsoft's",
      [
        "version:v1.0,,,,",
        "Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,First name [givenName],Department [department]",
        "Example: Ida Holm,ida.holm@contoso.com,Secret-80!,Ida,Sales",
        "Ida Holm,ida.holm@contoso.com,Secret-81!,Ida,Legal",
        "Otto Berg,nobody,Secret-82!,Otto,Legal",
        "de Boer, Piet,piet@contoso.com,Secret-83!,Piet,Legal",
      ],
    ],
  ] as const)("no password of %s own template is stored, shown or handed out", async ([, lines]) => {
    const found = await check(owner, lines.join("\r\n"));
    expect(found).toMatchObject({ good: 1, bad: 2 });
    const stored = await ask("SELECT r::text FROM import_row r WHERE import_id = $1", [found.id]);
    const handedOut = await listBadRows(owner, { importId: found.id });
    const shown = [found, await listProblems(owner, { importId: found.id })];
    expect(stored).toHaveLength(3);
    expect(JSON.stringify([stored, handedOut, shown])).not.toContain("Secret-8");
    const [good] = await ask("SELECT fields FROM import_row WHERE import_id = $1 AND is_good", [found.id]);
    expect(good).toMatchObject({ fields: { givenName: "Ida", department: "Legal" } });
  });

  test("the chosen mapping is proposed for the next file with these headers", async () => {
    const first = await upload(owner, "Addr,Rank\r\na@contoso.com,1\r\n");
    expect((await getImport(owner, first)).mapping).toMatchObject({
      from: "guessed",
      targets: ["userName", "ignore"],
    });
    await checkImport(owner, { ...first, mode: "merge", targets: ["userName", "extra"] });
    const second = await upload(owner, "Rank,Addr\r\n1,a@contoso.com\r\n");
    expect((await getImport(owner, second)).mapping).toMatchObject({
      from: "remembered",
      targets: ["extra", "userName"],
    });
  });

  test("a mapping chosen for one tenant, or by another operator, is not proposed", async () => {
    const columnsOf = (file: { importId: string }) =>
      getImport(owner, file).then(({ mapping }) => mapping.from);
    const file = "Addr,Post\r\na@contoso.com,1\r\n";
    const first = await upload(owner, file);
    await checkImport(owner, { ...first, mode: "merge", targets: ["userName", "extra"] });
    expect(await columnsOf(await upload(owner, file))).toBe("remembered");
    expect(await columnsOf(await upload(owner, file, { tenantId: other }))).toBe("guessed");

    const many = "Client,Addr,Post\r\nContoso Legal,a@contoso.com,1\r\n";
    const theirs = await upload(technician, many, { tenantId: null });
    await checkImport(technician, { ...theirs, mode: "merge", targets: ["tenant", "userName", "extra"] });
    expect(await columnsOf(await upload(technician, many, { tenantId: null }))).toBe("remembered");
    expect(await columnsOf(await upload(owner, many, { tenantId: null }))).toBe("guessed");
  });

  test("an invalid mapping is refused, and the file can still be mapped", async () => {
    const { importId } = await upload(owner, "Email,Name\r\na@contoso.com,A\r\n");
    const refusal = await refusalOf(
      checkImport(owner, { importId, mode: "merge", targets: ["ignore", "title"] }),
    );
    expect(refusal.message).toMatch(/No column holds the e-mail address/);
    await refusalOf(checkImport(owner, { importId, mode: "merge", targets: ["userName"] }));
    expect((await getImport(owner, { importId })).state).toBe("read");
  });

  test("KnowBe4's own export is a listing of existing accounts, so it marks nobody absent", async () => {
    const { importId } = await upload(
      owner,
      "Email,First Name,Provisioning Managed,Risk Booster,Group\r\na@contoso.com,A,true,0,All\r\n",
      { mode: "full" },
    );
    expect(await getImport(owner, { importId })).toMatchObject({
      mode: "merge",
      mapping: { isKnowBe4Export: true, targets: ["userName", "givenName", "ignore", "ignore", "groups"] },
    });
  });

  test("an import with an open change cannot change, and can again after that is discarded", async () => {
    const { id: importId, mapping } = await check(owner, "Email\r\na@contoso.com\r\n");
    const [change] = await ask<{ id: string }>(
      `INSERT INTO change (kind, title, reason, intent, tenant_ids, requested_by, plan_hash, state, expires_at, import_id)
       SELECT 'import', 'Import', 'why', '{}', tenant_ids, requested_by, repeat('0', 64), 'ready', now() + interval '1 day', id
         FROM roster_import WHERE id = $1 RETURNING id`,
      [importId],
    );
    const again = () => checkImport(owner, { importId, mode: "merge", targets: mapping.targets });
    expect((await refusalOf(again())).message).toMatch(/^CHG-\d+ was planned from this import/);
    expect((await refusalOf(discardImport(owner, { importId }))).message).toMatch(
      /Discard that change first/,
    );
    expect((await getImport(owner, { importId })).change).toMatchObject({ id: change?.id, state: "ready" });
    await ask("UPDATE change SET state = 'cancelled' WHERE id = $1", [change?.id]);
    expect(await again()).toEqual({ good: 1, bad: 0 });
  });
});

describe("a column that names the tenant", () => {
  const file = [
    "Client,Email",
    "Contoso Legal,ann@contoso.com",
    "contoso.com,bob@contoso.com",
    "Secret Client,dana@secret.example",
    "Nobody Ltd,x@nobody.example",
  ].join("\r\n");

  test("assigns rows to each tenant, and unknown names affect only their own rows", async () => {
    const found = await check(owner, file, { tenantId: null });
    expect(found.byTenant).toEqual([
      { tenantId: own, name: "Contoso Legal", good: 2, bad: 0 },
      { tenantId: other, name: "Secret Client", good: 1, bad: 0 },
      { tenantId: null, name: null, good: 0, bad: 1 },
    ]);
    expect(found.tenants.map(({ id }) => id).toSorted()).toEqual([own, other].toSorted());
    const events = await ask<{ tenant_id: string }>(
      "SELECT tenant_id FROM event WHERE action = 'import.checked' AND body LIKE '%' || $1 || '%'",
      [found.id],
    );
    expect(events.map(({ tenant_id }) => tenant_id).toSorted()).toEqual([own, other].toSorted());
  });

  test("by a technician reaches their own tenants: another's name is as unknown as an invented one", async () => {
    const found = await check(technician, file, { tenantId: null });
    expect(found.byTenant).toEqual([
      { tenantId: own, name: "Contoso Legal", good: 2, bad: 0 },
      { tenantId: null, name: null, good: 0, bad: 2 },
    ]);
    const [unknown] = await listProblems(technician, { importId: found.id });
    expect(unknown).toMatchObject({ code: "tenant-unknown", rows: 2 });
    expect(found.tenants.map(({ id }) => id)).toEqual([own]);
  });
});

test("pages of files lose none that were uploaded at one moment", async () => {
  const operatorId = owner.actor.id;
  await ask(
    `INSERT INTO roster_import (file_name, state, tenant_ids, requested_by, created_at)
     SELECT 'twin ' || n, 'read', ARRAY[$1::uuid], $2, '2026-01-01' FROM generate_series(1, 120) n`,
    [own, operatorId],
  );
  const names: string[] = [];
  for (let before: string | undefined; ; ) {
    const { rows, next } = await listImports(owner, { before });
    names.push(...rows.map(({ fileName }) => fileName).filter((name) => name.startsWith("twin ")));
    if (next === null) break;
    before = next;
  }
  expect(new Set(names).size).toBe(120);
  expect(names).toHaveLength(120);
  await ask("DELETE FROM roster_import WHERE file_name LIKE 'twin %'");
  // What is no page's mark means the first page.
  const first = await listImports(owner, {});
  for (const before of ["0000", "%00", "2026-01-01", `0000-01-01T00:00:00.000Z_${randomUUID()}`, "x_y"]) {
    expect(await listImports(owner, { before }), before).toEqual(first);
  }
});

describe("another's file", () => {
  test("is not found for a technician who has only some of its tenants", async () => {
    const { importId } = await upload(owner, "Client,Email\r\nSecret Client,dana@secret.example\r\n", {
      tenantId: null,
    });
    for (const work of [
      () => getImport(technician, { importId }),
      () => checkImport(technician, { importId, mode: "merge", targets: ["tenant", "userName"] }),
      () => discardImport(technician, { importId }),
    ]) {
      expect((await refusalOf(work())).code).toBe("not-found");
    }
    expect(await listProblems(technician, { importId })).toEqual([]);
    expect(await listBadRows(technician, { importId })).toEqual([]);
    expect((await listImports(technician, {})).rows.map(({ id }) => id)).not.toContain(importId);
    expect(await countRows(importId)).toBe(1);
  });

  test("cannot be uploaded into another's tenant, and by an auditor into none", async () => {
    const [before] = await ask<{ rows: number }>("SELECT count(*)::int AS rows FROM roster_import");
    const foreign = await refusalOf(upload(technician, "Email\r\na@b.ch\r\n", { tenantId: other }));
    const missing = await refusalOf(upload(technician, "Email\r\na@b.ch\r\n", { tenantId: randomUUID() }));
    expect([foreign.code, foreign.message]).toEqual([missing.code, missing.message]);
    expect((await refusalOf(upload(auditor, "Email\r\na@b.ch\r\n"))).code).toBe("forbidden");
    expect(await ask("SELECT count(*)::int AS rows FROM roster_import")).toEqual([before]);
  });
});
