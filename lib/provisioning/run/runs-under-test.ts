import { randomUUID } from "node:crypto";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { type ClaimedOperation, claimOperations } from "@/lib/provisioning/run/claim";
import type { OperationResult } from "@/lib/provisioning/run/record";
import { takeRun, type TakenRun } from "@/lib/provisioning/run/run-lease";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

/** Runs of healthy tenants in a database of a test's own, as a worker takes and claims them. */
export type RunsUnderTest = {
  ownerUrl: string;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A queued run of so many creates in a tenant of its own, taken. */
  takeNew(operations: number): Promise<TakenRun>;
  claim(run: TakenRun, limit?: number): Promise<ClaimedOperation[]>;
  /** Lets the lease of a run end and another worker take it. */
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
      const tenantId = await insertRun(rows, operatorId, operations);
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

async function insertRun(
  rows: RunsUnderTest["rows"],
  operatorId: string,
  operations: number,
): Promise<string> {
  const [tenantId, changeId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  await rows(
    "INSERT INTO tenant (id, name, tenant_url, mode, state) VALUES ($1, 'Acme', 'https://acme.example', 'source', 'healthy')",
    [tenantId],
  );
  await rows(
    "INSERT INTO credential (tenant_id, version, fingerprint, created_by) VALUES ($1, 1, '0', 'a test')",
    [tenantId],
  );
  await rows(
    `INSERT INTO change (id, kind, title, state, reason, intent, tenant_ids, requested_by, plan_hash, expires_at)
     VALUES ($1, 'onboard', 'Some', 'applying', 'A test', '{}', ARRAY[$2]::uuid[], $3, '0', now() + interval '1 day')`,
    [changeId, tenantId, operatorId],
  );
  await rows(
    "INSERT INTO run (id, change_id, tenant_id, state, queued_at) VALUES ($1, $2, $3, 'queued', now())",
    [runId, changeId, tenantId],
  );
  await rows(
    `INSERT INTO operation (run_id, change_id, tenant_id, seq, kind, state, target, label, resource_key, intent)
     SELECT $1, $2, $3, n, 'create', 'queued', 'p' || n, 'p' || n, 'user:p' || n, '{"kind":"create","values":{}}' FROM generate_series(1, $4::int) n`,
    [runId, changeId, tenantId, operations],
  );
  return tenantId;
}

function taken(run: TakenRun | null): TakenRun {
  if (!run) throw new Error("Nothing was due");
  return run;
}

async function end(database: TestDatabase): Promise<void> {
  await closeDatabase();
  await database.drop();
}
