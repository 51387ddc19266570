import type { Stack } from "@/test/stack";
import type { WorkerProcess } from "@/test/worker-process";

/** The worker that holds the change's run now. */
export async function findHolder(
  stack: Stack,
  changeId: string,
  workers: readonly WorkerProcess[],
): Promise<WorkerProcess> {
  const rows = await stack.rows<{ worker: string }>("SELECT worker FROM run WHERE change_id = $1", [
    changeId,
  ]);
  const holder = workers.find(({ pid }) => rows[0]?.worker.startsWith(`${pid}-`));
  if (!holder) throw new Error(`No worker of this test holds the run: ${JSON.stringify(rows)}`);
  return holder;
}
