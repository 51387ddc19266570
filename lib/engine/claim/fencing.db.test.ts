import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { claimOperations, releaseUnsent } from "@/lib/engine/claim/claim";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { endDrive } from "@/lib/engine/end-run";
import { recordResults } from "@/lib/engine/send/record";
import type { OperationResult } from "@/lib/engine/run/operation-result";
import { extendLeases, takeRun } from "@/lib/engine/run/run-lease";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { insertRun } from "@/test/insert-run";
import { makeOperator } from "@/test/scope";

/* Two holders of one run, statement by statement: what the earlier one can still do after the later one took the run. */

let database: TestDatabase;
let tenantId: string;
let operatorId: string;
const worker = () => systemScope("worker", [tenantId]);
const rows = <Row>(sql: string, values: unknown[] = []) => askAsOwner<Row>(database.ownerUrl, sql, values);

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.workerUrl);
  operatorId = (await makeOperator(database, "owner")).operator.id;
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

/** A healthy tenant with one queued run of five creates. */
beforeEach(async () => {
  ({ tenantId } = await insertRun(rows, operatorId, 5));
});

async function take(name: string): Promise<TakenRun> {
  const run = await takeRun(worker(), tenantId, name);
  if (!run) throw new Error("Nothing was due");
  return run;
}

async function claim(run: TakenRun, limit = 5): Promise<ClaimedOperation[]> {
  return (await claimOperations(run, limit)).operations;
}

async function expire(): Promise<void> {
  await rows("UPDATE run SET lease_until = now() - interval '1 second' WHERE tenant_id = $1", [tenantId]);
}

function accepted(operation: ClaimedOperation): OperationResult {
  return {
    operation,
    state: "accepted",
    resourceId: "u1",
    reason: null,
    detail: null,
    delayMs: 0,
    uncounted: false,
    exchanges: [],
  };
}

function operations() {
  return rows(
    "SELECT id, state, epoch, attempt, resource_id FROM operation WHERE tenant_id = $1 ORDER BY seq",
    [tenantId],
  );
}

test("a run is taken once, by the first who asks, until its lease ends", async () => {
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, n) => takeRun(worker(), tenantId, `worker ${n}`)),
  );
  expect(asked.filter((run) => run !== null)).toHaveLength(1);
  expect(await takeRun(worker(), tenantId, "late")).toBeNull();
  await expire();
  expect(await takeRun(worker(), tenantId, "late")).toMatchObject({ epoch: 2 });
});

test("after another worker took the run, the earlier holder cannot claim, write, release or end anything", async () => {
  const earlier = await take("earlier");
  const claimed = await claim(earlier, 3);
  await expire();
  await take("later");
  const before = await operations();
  expect(await claim(earlier)).toEqual([]);
  await expect(recordResults(worker(), earlier, claimed.map(accepted))).rejects.toThrow(LeaseLostError);
  await releaseUnsent(earlier, claimed);
  expect(await extendLeases([earlier])).toEqual(new Map([[earlier.id, "lost"]]));
  await expect(endDrive(worker(), earlier, { kind: "quarantine", reason: "token-rejected" })).rejects.toThrow(
    LeaseLostError,
  );
  expect(await operations()).toEqual(before);
  expect(await rows("SELECT state FROM tenant WHERE id = $1", [tenantId])).toEqual([{ state: "healthy" }]);
});

test("operations that the earlier holder had claimed are settled before they are sent, the others are sent at once", async () => {
  const earlier = await take("earlier");
  const claimed = await claim(earlier, 3);
  await expire();
  const taken = await claim(await take("later"));
  expect(taken.map(({ unsettled }) => unsettled)).toEqual([true, true, true, false, false]);
  expect(taken.slice(0, 3).map(({ id }) => id)).toEqual(claimed.map(({ id }) => id));
});

test("a holder frozen inside a transaction delays nothing that it did not claim", async () => {
  const earlier = await take("earlier");
  const [first] = await claim(earlier, 1);
  if (!first) throw new Error("Nothing was claimed");
  const frozen = Promise.withResolvers<void>();
  const writing = Promise.withResolvers<void>();
  const freezing = transaction(worker(), async (tx) => {
    await tx.$executeRaw`UPDATE operation SET state = 'accepted' WHERE id = ${first.id}::uuid`;
    await tx.$executeRaw`INSERT INTO attempt (operation_id, tenant_id, number, at, duration_ms, method, path) VALUES (${first.id}::uuid, ${tenantId}::uuid, 1, now(), 1, 'POST', '/Users')`;
    frozen.resolve();
    await writing.promise;
  });
  await frozen.promise;
  await expire();
  const later = await take("later");
  expect(await claim(later)).toHaveLength(4);
  // The fifth is not its to claim yet, and the run is not due again at once because of it.
  expect(await endDrive(worker(), later, { kind: "well" })).toBe(false);
  expect(await takeRun(worker(), tenantId, "at once")).toBeNull();
  writing.resolve();
  await freezing;
});

test("a rejection of a token that was replaced meanwhile does not affect the new one", async () => {
  const run = await take("earlier");
  await rows("UPDATE credential SET destroyed_at = now() WHERE tenant_id = $1", [tenantId]);
  await rows(
    "INSERT INTO credential (tenant_id, version, fingerprint, created_by) VALUES ($1, 2, '0', 'a test')",
    [tenantId],
  );
  expect(await extendLeases([run])).toEqual(new Map([[run.id, "stopped"]]));
  await endDrive(worker(), run, { kind: "quarantine", reason: "token-rejected" });
  expect(await rows("SELECT state FROM tenant WHERE id = $1", [tenantId])).toEqual([{ state: "healthy" }]);
  expect(
    await rows("SELECT FROM credential WHERE tenant_id = $1 AND rejected_at IS NOT NULL", [tenantId]),
  ).toEqual([]);
});

test.each([
  ["paused", "state = 'paused'"],
  ["quarantined", "state = 'quarantined'"],
  ["observed", "mode = 'observe'"],
  ["left alone for a while", "cooldown_to = now() + interval '1 minute'"],
])("no run is taken of a tenant that is %s", async (_name, change) => {
  await rows(`UPDATE tenant SET ${change} WHERE id = $1`, [tenantId]);
  expect(await takeRun(worker(), tenantId, "eager")).toBeNull();
});

test("an operation waits for an open dependency, and is skipped without being sent when that failed", async () => {
  await rows(
    "UPDATE operation o SET depends_on = ARRAY[d.id] FROM operation d WHERE d.tenant_id = $1 AND d.seq = 1 AND o.tenant_id = $1 AND o.seq = 2",
    [tenantId],
  );
  const run = await take("worker");
  const claimed = await claim(run);
  expect(claimed.map(({ target }) => target)).toEqual(["p1", "p3", "p4", "p5"]);
  await recordResults(
    worker(),
    run,
    claimed.slice(0, 1).map((operation) => ({ ...accepted(operation), state: "unknown", delayMs: 60_000 })),
  );
  expect(await claim(run)).toEqual([]);
  await rows("UPDATE operation SET state = 'failed' WHERE tenant_id = $1 AND seq = 1", [tenantId]);
  expect((await claim(run)).map(({ target }) => target)).toEqual(["p2"]);
});

test("an operation's resource id never changes once it is known, whoever writes it", async () => {
  const run = await take("first");
  const [operation] = (await claimOperations(run, 1)).operations;
  if (!operation) throw new Error("Nothing was claimed");
  const { id } = operation;
  await rows("UPDATE operation SET resource_id = 'u1' WHERE id = $1", [id]);
  for (const other of ["'u2'", "NULL"]) {
    const change = rows(`UPDATE operation SET resource_id = ${other} WHERE id = $1`, [id]);
    await expect(change).rejects.toThrow("is about resource u1, and never about another");
  }
  await rows("UPDATE operation SET resource_id = 'u1', detail = 'the same' WHERE id = $1", [id]);
  expect(await rows("SELECT resource_id AS id FROM operation WHERE id = $1", [id])).toEqual([{ id: "u1" }]);
});
