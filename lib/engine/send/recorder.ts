import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { recordResults } from "@/lib/engine/send/record";
import { type OperationResult } from "@/lib/engine/run/operation-result";
import type { TakenRun } from "@/lib/engine/run/taken-run";

export type Recorder = {
  /** Takes a result and begins to write it, unless results are being written: then it comes along with the next. */
  add(result: OperationResult): void;
  /** Resolves when everything added so far is written. */
  flush(): Promise<void>;
  /** Resolves when there is room for another result: at once, unless the database does not keep up with the tenant. */
  room(): Promise<void>;
};

/**
 * Results that wait to be written, before no more is sent. They are what a crash leaves to be settled by reading, and
 * what a slow database would otherwise pile up in memory: 4 KB each.
 */
const RESULTS_MAX = 400;

/**
 * Writes results one block after another. A block is whatever came together while the last was written, so a fast
 * tenant makes blocks of dozens; what other runs of this worker have to write comes along (record.ts).
 * @param onWritten called after each time that all there was is written
 * @param onFailed called with what went wrong, besides the rejection of whoever flushes
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
