import { systemScope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { expirePlans } from "@/lib/changes/issues/held-issue";
import { applyScheduled, listDueChanges } from "@/lib/changes/steering/schedule-apply";

/** After an error of ours a change is left alone for this long: the log must not fill with one line a second. */
const AGAIN_MS = 60_000;

/** Plans last a day: a minute more or less is nothing. */
const EXPIRE_MS = 60_000;

export type ScheduledSweep = {
  /**
   * Applies what is due and gives up what ran out, beside everything else: a plan of a whole roster must not hold the
   * other tenants up.
   */
  start(): void;
  /** Resolves when what was begun has ended. */
  drain(): Promise<void>;
};

/** The sweep of one worker process over the changes whose hour has come; any number of them may sweep at once. */
export function createScheduledSweep(): ScheduledSweep {
  const failedAt = new Map<string, number>();
  let expiredAt = -EXPIRE_MS;
  let running: Promise<void> | null = null;

  async function sweep(): Promise<void> {
    await applyDue();
    if (performance.now() - expiredAt < EXPIRE_MS) return;
    await expirePlans(systemScope("schedule", "all"));
    expiredAt = performance.now();
  }

  async function applyDue(): Promise<void> {
    for (const { id, tenantIds } of await listDueChanges(systemScope("schedule", "all"))) {
      if (performance.now() - (failedAt.get(id) ?? -AGAIN_MS) < AGAIN_MS) continue;
      try {
        const end = await applyScheduled(systemScope("schedule", tenantIds), id);
        failedAt.delete(id);
        if (end !== "taken") log.info({ changeId: id, state: end }, "a scheduled change was due");
      } catch (err) {
        failedAt.set(id, performance.now());
        log.error({ err, changeId: id }, "a scheduled change could not be applied and is tried again");
      }
    }
  }

  return {
    start() {
      running ??= sweep()
        .catch((err: unknown) =>
          log.error({ err }, "the sweep over scheduled changes failed and is repeated"),
        )
        .finally(() => {
          running = null;
        });
    },
    async drain() {
      await running;
    },
  };
}
