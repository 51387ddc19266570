import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { recordResults } from "@/lib/engine/send/record";
import { type OperationResult } from "@/lib/engine/run/operation-result";
import type { TakenRun } from "@/lib/engine/run/taken-run";

export type Recorder = {
  /** Adds a result and starts writing, unless a write is under way: then it joins the next one. */
  add(result: OperationResult): void;
  /** Resolves when every result added before is written. */
  flush(): Promise<void>;
  /** Resolves when there is room for another result: at once, unless the database is slower than the tenant. */
  room(): Promise<void>;
};

/**
 * Sending pauses at this many unwritten results. After a crash they have to be settled by reading, and a slow
 * database would otherwise let them pile up in memory: 4 KB each.
 */
const RESULTS_MAX = 400;

/**
 * Writes results one block after another. A block holds the results that arrived while the last was written, so a fast
 * tenant makes blocks of dozens. Results of this worker's other runs join it (record.ts).
 * @param onWritten called each time all added results are written
 * @param onFailed called with the error, besides the rejection of flush()
 */
export function createRecorder(
  scope: Scope,
  run: TakenRun,
  onWritten: () => void,
  onFailed: (error: unknown) => void,
): Recorder {
  const results: OperationResult[] = [];
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (results.length > 0) await recordResults(scope, run, results.splice(0));
  }

  function flush(): Promise<void> {
    if (writing) return writing;
    writing = write().finally(() => {
      writing = null;
    });
    writing.then(onWritten, onFailed);
    return writing;
  }

  return {
    add(result) {
      results.push(result);
      void flush().catch(() => undefined);
    },
    flush,
    async room() {
      if (results.length >= RESULTS_MAX) await flush();
    },
  };
}
