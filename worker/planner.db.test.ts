import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { waitFor } from "@/lib/wait-for";
import { addLargeImport, addLargeRoster, haltPlanning, isHalted, MANY } from "@/test/large-plans";
import { openPlanning, type Planning } from "@/test/planning";
import { sizeOf } from "@/test/run-length";
import { makeOperator } from "@/test/scope";
import { startWorkerProcess, type WorkerProcess } from "@/test/worker-process";

/** Each of these takes 20 s of processor; `npm test` has the crash of a whole worker. */
const isLong = sizeOf({ short: false, long: true });

let planning: Planning;
let owner: Scope;
const workers: WorkerProcess[] = [];
const halts: { letGo(): Promise<void> }[] = [];

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterEach(async () => {
  await Promise.all(halts.splice(0).map((halted) => halted.letGo()));
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
});
afterAll(() => planning?.close());

async function startWorker(): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(planning.database);
  workers.push(worker);
  return worker;
}

async function requestLarge(): Promise<{ changeId: string }> {
  const { tenantId, importId } = await addLargeImport(planning);
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  return planChange(owner, { intent, reason: "A file of the client", ticket: null });
}

async function untilState(change: { changeId: string }, state: string): Promise<void> {
  await waitFor(async () => (await getChange(owner, change)).state === state, `the change to be ${state}`);
}

/** Keeps every planner waiting until the test, or its failure, lets it go. */
async function halt(): Promise<{ letGo(): Promise<void> }> {
  const halted = await haltPlanning(planning);
  halts.push(halted);
  return halted;
}

/** The process beside a worker that plans. Linux lists the children of a process's first thread there (proc(5)). */
async function killPlanProcess({ pid }: WorkerProcess): Promise<void> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  process.kill(Number(children.trim().split(" ").at(-1)), "SIGKILL");
}

test("a worker that is killed in the middle of a large plan is taken over, and another plans and applies it whole", async () => {
  const change = await requestLarge();
  const halted = await halt();
  const killed = await startWorker();
  await waitFor(() => isHalted(planning), "the plan to be half-way");
  await killed.kill();
  await halted.letGo();
  expect(await getChange(owner, change)).toMatchObject({ state: "planning", runs: [] });

  await startWorker();
  await untilState(change, "ready");
  const { counts, planHash } = await getChange(owner, change);
  expect(counts.planned).toBe(MANY);

  await applyChange(owner, { ...change, planHash });
  await untilState(change, "applying");
  const operations = await planning.rows("SELECT FROM operation WHERE change_id = $1", [change.changeId]);
  expect(operations).toHaveLength(MANY);
}, 120_000);

test.runIf(isLong)(
  "a process that is killed in the middle of a large plan leaves its worker alive, which starts another",
  async () => {
    const change = await requestLarge();
    const halted = await halt();
    const worker = await startWorker();
    await waitFor(() => isHalted(planning), "the plan to be half-way");
    await killPlanProcess(worker);
    await halted.letGo();
    await untilState(change, "ready");
    expect((await getChange(owner, change)).counts.planned).toBe(MANY);
    expect(worker.hasDied()).toBe(false);
    expect(worker.output()).toContain("the process that plans ended with an error");
  },
  120_000,
);

test.runIf(isLong)(
  "a large change is applied at its time by the process beside the worker, and taken over when that is killed",
  async () => {
    const change = await requestLarge();
    const worker = await startWorker();
    await untilState(change, "ready");
    const halted = await halt();
    await planning.rows(
      `UPDATE change SET state = 'scheduled', zone = 'UTC', scheduled_at = now(), expires_at = now() + interval '1 day' WHERE id = $1`,
      [change.changeId],
    );
    await waitFor(() => isHalted(planning), "the plan to be made again");
    await killPlanProcess(worker);
    await halted.letGo();
    await untilState(change, "applying");
    expect((await getChange(owner, change)).counts.queued).toBe(MANY);
    // What the worker's own loop applies is logged in other words.
    expect(worker.output()).not.toContain("scheduled change applied or refused");
  },
  120_000,
);

test.runIf(isLong)(
  "a sync of a large roster is planned by the process beside the worker, once although two workers are there",
  async () => {
    const tenantId = await addLargeRoster(planning, owner);
    const both = [await startWorker(), await startWorker()];
    const changes = () =>
      planning.rows<{ id: string }>(
        "SELECT id FROM change WHERE kind = 'reconcile' AND $1 = ANY (tenant_ids)",
        [tenantId],
      );
    await waitFor(async () => (await changes()).length > 0, "the sync to be planned");
    const [made, ...others] = await changes();
    expect(others).toEqual([]);
    const { counts, state } = await getChange(owner, { changeId: made?.id ?? "" });
    expect({ state, lines: counts.queued + counts.failed }).toEqual({ state: "applying", lines: MANY });
    await waitFor(
      () => Promise.resolve(both.some((worker) => worker.output().includes(`"state":"synced"`))),
      "the process to say so",
    );
  },
  120_000,
);
