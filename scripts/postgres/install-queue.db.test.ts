import pg from "pg";
import { type ConstructorOptions, PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { installQueue } from "./install-queue";

const QUEUE = "test.work";
const definition = {
  name: QUEUE,
  policy: "exclusive",
  retryLimit: 0,
  heartbeatSeconds: 10,
  notify: true,
} as const;

let database: TestDatabase;
const running: PgBoss[] = [];
const problems: Error[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await installQueue(database.ownerUrl, [definition]);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((boss) => boss.stop({ graceful: false })));
  expect(problems.splice(0)).toEqual([]);
});

afterAll(() => database.drop());

/** As a serving role: it owns nothing and migrates nothing. */
async function startBoss(connectionString: string, options: Partial<ConstructorOptions>): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString,
    schema: "pgboss",
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    ...options,
  });
  boss.on("error", (error) => problems.push(error));
  running.push(boss);
  return boss.start();
}

async function asRole<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a job from the web role wakes a worker at once, not at its next poll", async () => {
  const web = await startBoss(database.webUrl, { supervise: false, max: 2 });
  const worker = await startBoss(database.workerUrl, { supervise: false, useListenNotify: true, max: 4 });
  const arrivals: unknown[] = [];
  const waiting: (() => void)[] = [];
  // It polls every ten minutes: within this test only a notification can deliver the second job.
  await worker.work(
    QUEUE,
    { pollingIntervalSeconds: 600, notifyPollingIntervalSeconds: 600 },
    async (jobs) => {
      arrivals.push(...jobs.map((job) => job.data));
      waiting.shift()?.();
    },
  );
  for (const tenantId of ["a", "b"]) {
    const arrived = new Promise<void>((resolve) => waiting.push(resolve));
    await web.send(QUEUE, { tenantId }, { singletonKey: tenantId });
    await arrived;
  }
  expect(arrivals).toEqual([{ tenantId: "a" }, { tenantId: "b" }]);
});

test("the worker role finds the job of a worker that died", async () => {
  const worker = await startBoss(database.workerUrl, { supervise: false });
  await worker.send(QUEUE, {}, { singletonKey: "abandoned" });
  const [job] = await worker.fetch(QUEUE);
  await asRole(database.ownerUrl, "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'");
  await worker.supervise(QUEUE);
  const found = await worker.findJobs(QUEUE, { id: job?.id });
  expect(found.map(({ state }) => state)).toEqual(["failed"]);
});

test.each([
  ["reads what others sent", "SELECT data FROM pgboss.job"],
  ["takes a job away", "DELETE FROM pgboss.job_common"],
  ["ends a job", "UPDATE pgboss.job_common SET state = 'completed'"],
  ["closes a queue", "SELECT pgboss.delete_queue('test.work')"],
])("the web role never %s", async (_what, sql) => {
  await expect(asRole(database.webUrl, sql)).rejects.toThrow(/permission denied/);
});

test("the worker role cannot change the queue's schema, and the sealer role cannot see it", async () => {
  await expect(asRole(database.workerUrl, "ALTER TABLE pgboss.queue ADD x int")).rejects.toThrow(
    /must be owner/,
  );
  await expect(asRole(database.sealerUrl, "SELECT 1 FROM pgboss.queue")).rejects.toThrow(/permission denied/);
});

test("a queue gets its new definition, also a new policy", async () => {
  await installQueue(database.ownerUrl, [{ ...definition, heartbeatSeconds: 20 }]);
  const read = "SELECT policy, heartbeat_seconds FROM pgboss.queue WHERE name = 'test.work'";
  expect(await asRole(database.ownerUrl, read)).toEqual([{ policy: "exclusive", heartbeat_seconds: 20 }]);
  await installQueue(database.ownerUrl, [{ ...definition, policy: "short" }]);
  expect(await asRole(database.ownerUrl, read)).toEqual([{ policy: "short", heartbeat_seconds: 10 }]);
});
