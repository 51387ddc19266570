import { existsSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { checkStatements } from "@/test/sql/check-statements";
import { findStatements, type Found } from "@/test/sql/find-statements";
import { plantedStatements } from "@/test/sql/planted-statements";
import { createProgram, sourcesOf } from "@/test/sql/program";

/* SQL is text, and `$queryRaw<Row>` only a cast. So PostgreSQL analyses every statement of the product on the migrated
   database, and the result is compared with the types in the code. */
const root = path.resolve(import.meta.dirname, "..");
const PLANTED = "lib/planted.ts";

/** Statements composed at run time, by file, each with the test that runs every form of it. */
const COMPOSED = new Map([
  // As many sets as the search has words; a first statement's counts choose the rare ones.
  ["lib/directory/search-accounts.ts", { statements: 2, test: "lib/directory/listing.db.test.ts" }],
]);

let database: TestDatabase;
let client: pg.Client;
let program: ts.Program;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const code = plantedStatements.map(({ code: one }) => one).join("\n\n");
  program = createProgram(root, new Map([[PLANTED, `${PLANTED_HEAD}\n${code}\n`]]));
}, 120_000);

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe("the product's statements", () => {
  let found: Found;

  beforeAll(() => {
    found = findStatements(
      program,
      sourcesOf(program, root).filter(({ fileName }) => !fileName.endsWith(PLANTED)),
      root,
    );
  }, 120_000);

  test("can all be read from the code, except a few that are named", () => {
    const unnamed = found.unreadable.filter((place) => !COMPOSED.has(place.split(":")[0] ?? ""));
    expect(unnamed).toEqual([]);
    for (const [file, { statements, test: proof }] of COMPOSED) {
      expect(found.unreadable.filter((place) => place.startsWith(`${file}:`))).toHaveLength(statements);
      expect(existsSync(path.join(root, proof))).toBe(true);
    }
    expect(found.statements.length).toBeGreaterThan(200);
  });

  test("fit the migrated schema: tables, columns, types, nulls, states and parameters", async () => {
    expect(await checkStatements(client, program.getTypeChecker(), found.statements)).toEqual([]);
  }, 120_000);
});

const PLANTED_HEAD = `import { Prisma, type Transaction } from "@/lib/db/transaction";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
declare const tx: Transaction;
declare const blocks: SqlTransaction;
declare const id: string;`;

describe("planted statements", () => {
  let faults: string[];

  beforeAll(async () => {
    const files = sourcesOf(program, root).filter(({ fileName }) => fileName.endsWith(PLANTED));
    const found = findStatements(program, files, root);
    faults = [
      ...found.unreadable,
      ...(await checkStatements(client, program.getTypeChecker(), found.statements)),
    ];
  }, 120_000);

  test.each(plantedStatements)("$what", ({ code, fault }) => {
    expect(faultsOf(code)).toEqual(fault === null ? [] : [expect.stringContaining(fault)]);
  });

  /** The faults found between the first and the last line of one planted piece. */
  function faultsOf(code: string): string[] {
    const text = program.getSourceFile(path.join(root, PLANTED))?.text ?? "";
    const first = text.slice(0, text.indexOf(code)).split("\n").length;
    const last = first + code.split("\n").length - 1;
    return faults.filter((fault) => {
      const line = Number(/:(\d+) /.exec(fault)?.[1]);
      return line >= first && line <= last;
    });
  }
});
