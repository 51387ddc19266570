import { systemScope } from "@/lib/auth/scope";
import { recordWorker, workerSeenEveryMs } from "@/lib/operators/worker-presence";

/** Records every few seconds that this worker is there; the console and /api/ready say when none is. */
export function createPresence(worker: string): { record(): Promise<void> } {
  let recordedAt = -workerSeenEveryMs;
  return {
    async record() {
      if (performance.now() - recordedAt < workerSeenEveryMs) return;
      await recordWorker(systemScope("worker", []), { worker });
      recordedAt = performance.now();
    },
  };
}
