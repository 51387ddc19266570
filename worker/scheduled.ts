import { systemScope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { expirePlans } from "@/lib/changes/issues/held-issue";
import { endImports } from "@/lib/imports/end-imports";
import { applyScheduled, listDueChanges } from "@/lib/changes/steering/schedule-apply";

/** After an internal error a change is left alone for this long: one log line a second would fill the log. */
const AGAIN_MS = 60_000;

/** Plans last a day, and the rows of a file a week: a minute more or less does not matter. */
const EXPIRE_MS = 60_000;

export type ScheduledSweep = {
  /**
   * Applies due changes, expires old plans and ends files that nothing needs any more, beside all other work. Large changes are left to the planner
   * (worker/planner.ts): one would block this process.
   */
  start(): void;
  /** Resolves when all started work has ended. */
  drain(): Promise<void>;
};

/** The sweep of one worker process over due scheduled changes; any number may sweep at once. */
export function createScheduledSweep(): ScheduledSweep {
  const failedAt = new Map<string, number>();
  let expiredAt = -EXPIRE_MS;
  let running: Promise<void> | null = null;

  async function sweep(): Promise<void> {
    await applyDue();
    if (performance.now() - expiredAt < EXPIRE_MS) return;
    await expirePlans(systemScope("schedule", "all"));
    await endImports(systemScope("schedule", "all"));
    expiredAt = performance.now();
  }

  async function applyDue(): Promise<void> {
    for (const { id, tenantIds, isLarge } of await listDueChanges(systemScope("schedule", "all"))) {
      if (isLarge) continue;
      if (performance.now() - (failedAt.get(id) ?? -AGAIN_MS) < AGAIN_MS) continue;
      try {
        const end = await applyScheduled(systemScope("schedule", tenantIds), id);
        failedAt.delete(id);
        if (end !== "taken") log.info({ changeId: id, state: end }, "scheduled change applied or refused");
      } catch (err) {
        failedAt.set(id, performance.now());
        log.error({ err, changeId: id }, "scheduled change failed, retrying");
      }
    }
  }

  return {
    start() {
      running ??= sweep()
        .catch((err: unknown) => log.error({ err }, "sweep of scheduled changes failed, retrying"))
        .finally(() => {
          running = null;
        });
    },
    async drain() {
      await running;
    },
  };
}
