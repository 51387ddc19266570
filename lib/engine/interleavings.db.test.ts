import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { propertyRuns } from "@/test/run-length";
import { RunModel, type Step } from "@/test/run-model";
import { makeOperator } from "@/test/scope";

/* Any order of claims, sends, lost replies, crashes, freezes and interventions, against a reference model. */
const PEOPLE = 6;

let database: TestDatabase;
let operatorId: string;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.workerUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query("SELECT set_config('app.all', 'on', false)");
  operatorId = (await makeOperator(database, "owner")).operator.id;
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await database.drop();
});

const kinds: readonly [Step["kind"], number][] = [
  ["take", 6],
  ["claim", 6],
  ["send", 10],
  ["lose-reply", 2],
  ["be-asked-to-wait", 2],
  ["fail", 1],
  ["crash", 2],
  ["freeze", 2],
  ["beat", 2],
  ["end", 2],
  ["pause", 1],
  ["resume", 2],
  ["replace-token", 1],
  ["stop-fleet", 1],
  ["start-fleet", 2],
];
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
  pick: fc.nat({ max: 1_000 }),
});

test("in any order of events in a run, everybody is created once, terminal states never change and each is recorded once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const model = new RunModel(owner, operatorId, PEOPLE);
      await model.begin();
      for (const each of steps) {
        await act(model, each);
        await model.check();
      }
      await finish(model);
    }),
    { numRuns: propertyRuns(40), endOnFailure: true },
  );
}, 240_000);

async function act(model: RunModel, { kind, pick }: Step): Promise<void> {
  const tenant = (sql: string) => model.rows(sql, [model.tenantId]);
  const holder = model.holders[pick % Math.max(1, model.holders.length)];
  const claimed = holder?.claimed[pick % Math.max(1, holder.claimed.length)];
  switch (kind) {
    case "take":
      return model.take();
    case "pause":
      return void (await tenant("UPDATE tenant SET state = 'paused' WHERE id = $1"));
    case "resume":
      return void (await tenant("UPDATE tenant SET state = 'healthy' WHERE id = $1"));
    case "replace-token":
      return void (await tenant(
        "INSERT INTO credential (tenant_id, version, fingerprint, created_by) SELECT $1, max(version) + 1, '0', 'a test' FROM credential WHERE tenant_id = $1",
      ));
    case "stop-fleet":
      return void (await model.rows("UPDATE fleet SET stopped_at = now()"));
    case "start-fleet":
      return void (await model.rows("UPDATE fleet SET stopped_at = NULL"));
  }
  if (!holder) return;
  switch (kind) {
    case "claim":
      return model.claim(holder, 1 + (pick % 4));
    case "beat":
      return model.beat(holder);
    case "end":
      return holder.claimed.length === 0 ? model.end(holder) : undefined;
    case "freeze":
      return model.expire();
    case "crash":
      await model.expire();
      model.holders = model.holders.filter((each) => each !== holder);
      return;
  }
  if (!claimed) return;
  if (kind === "be-asked-to-wait" || kind === "fail") {
    // A refusal means that the tenant did nothing. An earlier send may still have taken effect.
    const waiting = claimed.operation.unsettled ? "unknown" : "queued";
    if (!claimed.isSent) await model.record(holder, claimed, kind === "fail" ? "failed" : waiting);
    return;
  }
  model.send(holder, claimed);
  await model.record(holder, claimed, kind === "send" ? "accepted" : "unknown");
}

/** In every case, one worker that continues alone finishes the run. */
async function finish(model: RunModel): Promise<void> {
  await model.rows("UPDATE fleet SET stopped_at = NULL");
  await model.rows("UPDATE tenant SET state = 'healthy', cooldown_to = NULL WHERE id = $1", [model.tenantId]);
  model.holders = [];
  for (let round = 0; round < 10; round += 1) {
    await model.expire();
    const [run] = await model.rows<{ state: string }>("SELECT state FROM run WHERE id = $1", [model.runId]);
    if (run?.state === "done" || run?.state === "failed") break;
    await model.rows("UPDATE operation SET next_at = now() WHERE run_id = $1", [model.runId]);
    await model.take();
    const holder = model.holders.at(-1);
    if (!holder) continue;
    await model.claim(holder, PEOPLE);
    for (const claimed of [...holder.claimed]) {
      model.send(holder, claimed);
      await model.record(holder, claimed, "accepted");
    }
    await model.end(holder);
    await model.check();
  }
  const rows = await model.operations();
  expect(rows.every(({ state }) => state === "accepted" || state === "failed")).toBe(true);
}
