import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { addLargeImport, haltPlanning, isHalted, MANY } from "@/test/large-plans";
import { openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";
import { waitFor } from "@/lib/wait-for";
import { startWorkerProcess, type WorkerProcess } from "@/test/worker-process";

let planning: Planning;
let owner: Scope;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await planning.close();
});

async function startWorker(): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(planning.database);
  workers.push(worker);
  return worker;
}

test("a worker that is killed in the middle of a large plan is taken over, and another plans and applies it whole", async () => {
  const { tenantId, importId } = await addLargeImport(planning);
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  const { changeId } = await planChange(owner, { intent, reason: "A file of the client", ticket: null });

  const killed = await startWorker();
  const halt = await haltPlanning(planning);
  await waitFor(() => isHalted(planning), "the plan to be half-way");
  await killed.kill();
  await halt.letGo();
  expect(await getChange(owner, { changeId })).toMatchObject({ state: "planning", runs: [] });

  await startWorker();
  const stateOf = async () => (await getChange(owner, { changeId })).state;
  await waitFor(async () => (await stateOf()) === "ready", "another worker to plan it");
  const { counts, planHash } = await getChange(owner, { changeId });
  expect(counts.planned).toBe(MANY);

  await applyChange(owner, { changeId, planHash });
  await waitFor(async () => (await stateOf()) === "applying", "the worker to apply it");
  const operations = await planning.rows("SELECT FROM operation WHERE change_id = $1", [changeId]);
  expect(operations).toHaveLength(MANY);
}, 120_000);
