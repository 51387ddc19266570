import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { mirrorPeople, type MirroredPerson } from "@/lib/directory/people-under-test";
import { getImport, listProblems, listWarnings } from "@/lib/imports/data";
import { checkImport, readImport } from "@/lib/imports/mutations";
import { inPieces } from "@/test/csv";
import { openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;
const own = randomUUID();

beforeAll(async () => {
  planning = await openPlanning();
  owner = (await makeOperator(planning.database, "owner")).scope;
  await planning.rows(
    "INSERT INTO tenant (id, name, tenant_url, state) VALUES ($1, 'Contoso Legal', 'http://127.0.0.1:9/', 'healthy')",
    [own],
  );
  const people: MirroredPerson[] = [
    {
      resourceId: "i",
      displayName: "Ida",
      userName: "ida@contoso.com",
      attributes: { employeeNumber: "00077" },
    },
    {
      resourceId: "z",
      displayName: "Zoe",
      userName: "zoe@contoso.com",
      attributes: { employeeNumber: "00912", externalId: "0034" },
    },
    { resourceId: "b", displayName: "Bo", userName: "Bo.Boss@contoso.com" },
  ];
  await mirrorPeople(planning.rows, { tenantId: own, people });
});
afterAll(() => planning?.close());

/** Uploads a file of the tenant and checks it with the proposed mapping. */
async function check(file: string) {
  const given = {
    fileName: "staff.csv",
    mode: "merge",
    tenantId: own,
    encoding: null,
    delimiter: null,
  } as const;
  const { importId } = await readImport(owner, given, inPieces(Buffer.from(file)));
  const { mapping, mode } = await getImport(owner, { importId });
  await checkImport(owner, { importId, mode, targets: mapping.targets });
  return getImport(owner, { importId });
}

test("a number that a spreadsheet took the zeros of is told, and its row is used", async () => {
  const found = await check("Email,Employee ID\r\nida@contoso.com,77\r\notto@contoso.com,78\r\n");
  expect(found).toMatchObject({ good: 2, bad: 0 });
  const [warning, ...others] = await listWarnings(owner, { importId: found.id });
  expect([warning?.rows, warning?.examples, others]).toEqual([1, [{ seq: 2, cell: "77" }], []]);
  expect(warning?.message).toMatch(/leading zeros/);
  expect(await listProblems(owner, { importId: found.id })).toEqual([]);
});

test("a new person's number that somebody of the tenant has with leading zeros is told", async () => {
  const file = [
    "Email,Employee number,External ID",
    "zoe.new@contoso.com,912,34",
    "ole@contoso.com,9120,0034",
    "zoe@contoso.com,5,",
  ].join("\r\n");
  const found = await check(file);
  expect(found).toMatchObject({ good: 3, bad: 0 });
  const warnings = await listWarnings(owner, { importId: found.id });
  expect(warnings.map(({ code, column, examples }) => [code, column, examples])).toEqual([
    ["zeros-elsewhere", "Employee number", [{ seq: 2, cell: "912" }]],
  ]);
});

test("a manager who is nobody in the tenant and nobody in the file is told, and the row is used", async () => {
  const file = [
    "Email,Manager Email",
    "cy@contoso.com,bo.boss@CONTOSO.com",
    "di@contoso.com,nobody@nowhere.example",
    "ed@contoso.com,CY@contoso.com",
    "fi@contoso.com,6f9619ff-8b86-d011-b42d-00c04fc964ff",
    "gi@contoso.com,nobody@nowhere.example",
  ].join("\r\n");
  const found = await check(file);
  expect(found).toMatchObject({ good: 5, bad: 0 });
  expect(await listWarnings(owner, { importId: found.id })).toEqual([
    {
      code: "manager",
      column: "Manager Email",
      message: expect.stringContaining("no person"),
      rows: 2,
      examples: [
        { seq: 3, cell: "nobody@nowhere.example" },
        { seq: 6, cell: "nobody@nowhere.example" },
      ],
    },
  ]);
});
