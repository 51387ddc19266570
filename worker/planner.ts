import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { log } from "@/lib/log";
import { listLargeWork } from "@/worker/large-work";
import { restAfterFailuresMs } from "@/worker/rest-after-failures";

/** Beside this program, in the source as in a bundle. */
const PROGRAM = path.join(import.meta.dirname, `plan-process${path.extname(import.meta.filename)}`);

export type Planner = {
  /** Starts the process, unless it runs already or no large work is due. */
  start(): void;
  /** Ends it. Resolves when it is gone; another worker takes what it had begun. */
  stop(): Promise<void>;
};

/** Has large plans made in a process beside this worker (worker/plan-process.ts), one after the other. */
export function createPlanner(): Planner {
  let running: Promise<void> | null = null;
  let child: ChildProcess | null = null;
  let failures = 0;
  let restsUntilMs = 0;
  let isStopped = false;

  async function work(): Promise<void> {
    if (performance.now() < restsUntilMs || (await listLargeWork()).length === 0) return;
    if (isStopped) return;
    child = fork(PROGRAM);
    const [code] = (await once(child, "exit")) as [number | null];
    child = null;
    if (isStopped) return;
    if (code === 0) {
      failures = 0;
      return;
    }
    rest();
    log.error({ state: code }, "the process that plans ended with an error");
  }

  function rest(): void {
    failures += 1;
    restsUntilMs = performance.now() + restAfterFailuresMs(failures);
  }

  return {
    start() {
      running ??= work()
        .catch((err: unknown) => {
          rest();
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
