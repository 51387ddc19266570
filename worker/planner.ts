import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { systemScope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { listWaitingTasks } from "@/lib/changes/tasks/claim-task";

/** After a process that failed none is started for this long. */
const REST_MS = 10_000;

/** Beside this program, in the source as in a bundle. */
const PROGRAM = path.join(import.meta.dirname, `plan-process${path.extname(import.meta.filename)}`);

export type Planner = {
  /** Starts the process that does tasks, where tasks wait and none is at work. */
  start(): void;
  /** Ends it. Resolves when it is gone; what it had begun is left to another worker. */
  stop(): Promise<void>;
};

/** Large plans of one worker, made in a process beside it (worker/plan-process.ts), one after the other. */
export function createPlanner(): Planner {
  const scope = systemScope("planner", "all");
  let running: Promise<void> | null = null;
  let child: ChildProcess | null = null;
  let failedMs = Number.NEGATIVE_INFINITY;
  let isStopped = false;

  async function work(): Promise<void> {
    if (performance.now() - failedMs < REST_MS || (await listWaitingTasks(scope)).length === 0) return;
    if (isStopped) return;
    child = fork(PROGRAM);
    const [code] = (await once(child, "exit")) as [number | null];
    child = null;
    if (code === 0 || isStopped) return;
    failedMs = performance.now();
    log.error({ state: code }, "the process that plans ended with an error");
  }

  return {
    start() {
      running ??= work()
        .catch((err: unknown) => {
          failedMs = performance.now();
          log.error({ err }, "the process that plans was not started, which is tried again");
        })
        .finally(() => {
          running = null;
        });
    },
    async stop() {
      isStopped = true;
      child?.kill("SIGTERM");
      await running;
    },
  };
}
