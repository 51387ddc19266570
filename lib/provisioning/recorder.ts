import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { DependencyBook } from "@/lib/provisioning/dependencies";
import { recordResults, type OperationResult } from "@/lib/provisioning/record";
import type { TakenRun } from "@/lib/provisioning/run-lease";

export type Recorder = {
  add(result: OperationResult): void;
  /** Resolves when everything added so far is written. */
  flush(): Promise<void>;
};

/**
 * Writes results one block after another. A block is whatever came together while the last was written: a single
 * result is written at once, and a fast tenant makes blocks of dozens without a timer.
 */
export function createRecorder(scope: Scope, run: TakenRun, book: DependencyBook): Recorder {
  const results: OperationResult[] = [];
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (results.length > 0) {
      const block = results.splice(0);
      await recordResults(scope, run, block);
      book.note(block);
    }
  }

  return {
    add: (result) => void results.push(result),
    flush() {
      writing ??= write().finally(() => {
        writing = null;
      });
      return writing;
    },
  };
}
