import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scope, systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { getImport } from "@/lib/imports/data";
import { endImports } from "@/lib/imports/end-imports";
import { checkImport, readImport } from "@/lib/imports/mutations";
import { inPieces } from "@/test/csv";
import { openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;
const tenantId = randomUUID();

beforeAll(async () => {
  planning = await openPlanning();
  owner = (await makeOperator(planning.database, "owner")).scope;
  await planning.rows(
    "INSERT INTO tenant (id, name, tenant_url, state) VALUES ($1, 'Contoso Legal', 'http://127.0.0.1:9/', 'healthy')",
    [tenantId],
  );
});
afterAll(() => planning?.close());

/** Uploads a file; `checked` also checks it. */
async function upload(state: "read" | "checked"): Promise<string> {
  const given = { fileName: "staff.csv", mode: "merge", tenantId, encoding: null, delimiter: null } as const;
  const file = "Email,Initial password\r\nann@b.ch,hunter2\r\nnobody,hunter3\r\n";
  const { importId } = await readImport(owner, given, inPieces(Buffer.from(file)));
  const { mapping, mode } = await getImport(owner, { importId });
  if (state === "checked") await checkImport(owner, { importId, mode, targets: mapping.targets });
  return importId;
}

/** A change planned from the file, in the given state; `isApplied` says that it was applied. */
async function addChange(importId: string, state: string, { isApplied = false, daysAgo = 0 } = {}) {
  await planning.rows(
    `INSERT INTO change (kind, title, reason, intent, tenant_ids, requested_by, plan_hash, state, expires_at, import_id,
                         applied_at, finished_at, scheduled_at, zone)
     SELECT 'import', 'Import', 'why', '{}', tenant_ids, requested_by, repeat('0', 64), $2, now() + interval '1 day', id,
            CASE WHEN $3 THEN now() END,
            CASE WHEN $2 IN ('done', 'failed', 'cancelled', 'expired') THEN now() - make_interval(days => $4) END,
            CASE WHEN $2 = 'scheduled' THEN now() + interval '30 days' END, CASE WHEN $2 = 'scheduled' THEN 'UTC' END
       FROM roster_import WHERE id = $1`,
    [importId, state, isApplied, daysAgo],
  );
}

async function age(importId: string, days: number): Promise<void> {
  await planning.rows(
    "UPDATE roster_import SET created_at = now() - make_interval(days => $2) WHERE id = $1",
    [importId, days],
  );
}

/** The sweep of a worker, under its role. @returns the import's state, and how many rows it keeps */
async function sweep(importId: string): Promise<[state: string | undefined, rows: number | undefined]> {
  await closeDatabase();
  connectDatabase(planning.database.workerUrl);
  try {
    await endImports(systemScope("schedule", "all"));
  } finally {
    await closeDatabase();
    connectDatabase(planning.database.webUrl);
  }
  const [found] = await planning.rows<{ state: string; rows: number }>(
    "SELECT state, (SELECT count(*)::int FROM import_row WHERE import_id = i.id) AS rows FROM roster_import i WHERE id = $1",
    [importId],
  );
  return [found?.state, found?.rows];
}

describe("a file's rows are deleted", () => {
  test.for(["done", "failed", "cancelled"])("once the applied change is %s", async (state) => {
    const importId = await upload("checked");
    await addChange(importId, state, { isApplied: true });
    expect(await sweep(importId)).toEqual(["finished", 0]);
  });

  test("when nobody has planned from it for a week", async () => {
    const importId = await upload("read");
    await age(importId, 8);
    expect(await sweep(importId)).toEqual(["expired", 0]);
  });

  test("a week after a plan from it was discarded", async () => {
    const importId = await upload("checked");
    await age(importId, 30);
    await addChange(importId, "cancelled", { daysAgo: 6 });
    expect(await sweep(importId)).toEqual(["checked", 2]);
    await planning.rows("UPDATE change SET finished_at = now() - interval '8 days' WHERE import_id = $1", [
      importId,
    ]);
    expect(await sweep(importId)).toEqual(["expired", 0]);
  });

  test("when its upload was lost with its process", async () => {
    const importId = await upload("read");
    await planning.rows("UPDATE roster_import SET state = 'reading' WHERE id = $1", [importId]);
    expect(await sweep(importId)).toEqual(["reading", 2]);
    await age(importId, 1);
    expect(await sweep(importId)).toEqual(["failed", 0]);
    expect((await getImport(owner, { importId })).problem).toMatch(/Upload the file again/);
  });
});

test.for(["planning", "ready", "scheduled", "applying"])(
  "a change that is %s keeps the file's rows",
  async (state) => {
    const importId = await upload("checked");
    await age(importId, 30);
    await addChange(importId, state, { isApplied: state === "applying" });
    expect(await sweep(importId)).toEqual(["checked", 2]);
    await planning.rows("UPDATE change SET state = 'cancelled', finished_at = now() WHERE import_id = $1", [
      importId,
    ]);
  },
);

test("what is left of an ended file are its counts and its events, and it cannot be checked again", async () => {
  const importId = await upload("checked");
  await addChange(importId, "done", { isApplied: true });
  await sweep(importId);
  expect(await getImport(owner, { importId })).toMatchObject({
    state: "finished",
    rows: 2,
    good: 1,
    bad: 1,
    byTenant: [],
    endedAt: expect.any(Date),
  });
  const events = await planning.rows<{ tenant_id: string; body: string }>(
    "SELECT tenant_id, body FROM event WHERE action = 'import.ended' AND body LIKE '%' || $1 || '%'",
    [importId],
  );
  expect(events.map(({ tenant_id, body }) => [tenant_id, JSON.parse(body)])).toEqual([
    [tenantId, expect.objectContaining({ result: "finished", target: "staff.csv" })],
  ]);
  await expect(
    checkImport(owner, { importId, mode: "merge", targets: ["userName", "ignore"] }),
  ).rejects.toThrow("is finished");
  expect(await sweep(importId)).toEqual(["finished", 0]);
});
