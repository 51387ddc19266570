import { systemScope } from "@/lib/auth/scope";
import { applyScheduled, listDueChanges } from "@/lib/changes/steering/schedule-apply";
import { endDueSync, listLargeSyncs } from "@/lib/changes/steering/sync-tenant";
import { listWaitingTasks } from "@/lib/changes/tasks/claim-task";
import { performTask } from "@/lib/changes/tasks/perform-task";

/** Something to plan or apply that would block a worker's event loop for seconds. */
export type LargeWork = {
  /** The same for the same work whenever it is listed. */
  key: string;
  /** For the log. */
  about: { changeId: string } | { tenantId: string };
  /** @returns how it ended, in a word. */
  perform(): Promise<string>;
};

/** Lists all large work that is due and that no worker has begun: tasks, scheduled changes, and syncs. */
export async function listLargeWork(): Promise<LargeWork[]> {
  const planner = systemScope("planner", "all");
  const [tasks, changes, tenants] = await Promise.all([
    listWaitingTasks(planner),
    listDueChanges(systemScope("schedule", "all")),
    listLargeSyncs(systemScope("sync", "all")),
  ]);
  return [
    ...tasks.map((changeId) => ({
      key: `task ${changeId}`,
      about: { changeId },
      perform: () => performTask(planner, changeId),
    })),
    ...changes
      .filter(({ isLarge }) => isLarge)
      .map(({ id, tenantIds }) => ({
        key: `schedule ${id}`,
        about: { changeId: id },
        perform: () => applyScheduled(systemScope("schedule", tenantIds), id),
      })),
    ...tenants.map((tenantId) => ({
      key: `sync ${tenantId}`,
      about: { tenantId },
      perform: async () => {
        await endDueSync(systemScope("sync", [tenantId]), tenantId);
        return "synced";
      },
    })),
  ];
}
