import os from "node:os";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { log } from "@/lib/log";
import { closeSender } from "@/lib/queue/boss";
import { listWaitingTasks } from "@/lib/changes/tasks/claim-task";
import { performTask } from "@/lib/changes/tasks/perform-task";

/*
 * Makes and applies large plans, and ends when none is left. A process of its own, because a plan of 100,000 lines
 * computes for seconds: in the worker it would keep the heartbeats of all its tenants waiting, and one that needs more
 * memory than there is would take their runs with it. It opens no token and talks to no tenant.
 */
const scope = systemScope("planner", "all");

// Requests and heartbeats on the same machine go first.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
// Without its worker nobody would end it. What it had begun is rolled back, and another worker takes it up.
process.once("disconnect", () => process.exit(0));

for (let ids = await listWaitingTasks(scope); ids.length > 0; ids = await listWaitingTasks(scope)) {
  for (const changeId of ids) await perform(changeId);
}
await closeSender();
await closeDatabase();
process.exit(0);

async function perform(changeId: string): Promise<void> {
  try {
    const end = await performTask(scope, changeId);
    log.info({ changeId, state: end }, "a large change was planned or applied");
  } catch (err) {
    log.error({ err, changeId }, "a large change was not planned or applied, which is tried again");
  }
}
