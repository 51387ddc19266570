import { systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { claimOperations } from "@/lib/engine/claim/claim";
import { type ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { OperationResult } from "@/lib/engine/run/operation-result";
import { takeRun } from "@/lib/engine/run/run-lease";
import { type TakenRun } from "@/lib/engine/run/taken-run";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { insertRun } from "@/test/insert-run";
import { makeOperator } from "@/test/scope";

/** Runs of healthy tenants in a test's own database, taken and claimed as a worker does. */
export type RunsUnderTest = {
  ownerUrl: string;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Queues a run of `count` creates in a tenant of its own, and takes it. */
  takeNew(operations: number): Promise<TakenRun>;
  claim(run: TakenRun, limit?: number): Promise<ClaimedOperation[]>;
  /** Ends a run's lease and lets another worker take it. */
  takeAway(run: TakenRun): Promise<TakenRun>;
  close(): Promise<void>;
};

export const scopeOf = ({ tenantId }: TakenRun) => systemScope("worker", [tenantId]);

export async function createRunsUnderTest(): Promise<RunsUnderTest> {
  const database = await createTestDatabase();
  connectDatabase(database.workerUrl);
  const operatorId = (await makeOperator(database, "owner")).operator.id;
  const rows: RunsUnderTest["rows"] = (sql, values = []) => askAsOwner(database.ownerUrl, sql, values);
  return {
    ownerUrl: database.ownerUrl,
    rows,
    async takeNew(operations) {
      const { tenantId } = await insertRun(rows, operatorId, operations);
      return taken(await takeRun(systemScope("worker", [tenantId]), tenantId, "first"));
    },
    claim: async (run, limit = 50) => (await claimOperations(run, limit)).operations,
    async takeAway(run) {
      await rows("UPDATE run SET lease_until = now() - interval '1 second' WHERE id = $1", [run.id]);
      return taken(await takeRun(scopeOf(run), run.tenantId, "second"));
    },
    close: () => end(database),
  };
}

/** An accepted create with one exchange. */
export function toAccepted(
  operation: ClaimedOperation,
  changes: Partial<OperationResult> = {},
): OperationResult {
  const exchange = {
    method: "POST",
    path: "/Users",
    requestBody: "{}",
    status: 201,
    responseBody: "{}",
    requestId: null,
    startedAt: new Date(),
    durationMs: 12,
    error: null,
  };
  return {
    operation,
    state: "accepted",
    resourceId: `id of ${operation.target}`,
    reason: null,
    detail: null,
    delayMs: 0,
    uncounted: false,
    exchanges: [exchange],
    ...changes,
  };
}

function taken(run: TakenRun | null): TakenRun {
  if (!run) throw new Error("Nothing was due");
  return run;
}

async function end(database: TestDatabase): Promise<void> {
  await closeDatabase();
  await database.drop();
}
