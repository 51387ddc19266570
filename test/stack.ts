import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { closeSender } from "@/lib/queue/boss";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";
import { type Simulator, startSimulator } from "@/test/simulator";
import { startWorkerProcess, type WorkerProcess } from "@/test/worker-process";

export type Stack = {
  database: TestDatabase;
  simulator: Simulator;
  /** The first worker; `startWorker` gives more. */
  worker: WorkerProcess;
  owner: Scope;
  startWorker(variables?: Record<string, string>): Promise<WorkerProcess>;
  /** Queries the database past all of our guards. */
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/**
 * The whole product except its pages: a database, a simulator, a worker in a process of its own, and an owner whose
 * requests this process makes as the web process would.
 * @param database one of its own cluster, for a test that restarts the server
 * @param fromSource starts its workers as in production
 */
export async function startStack({
  database,
  fromSource,
}: {
  database?: TestDatabase;
  fromSource?: boolean;
} = {}): Promise<Stack> {
  const at = database ?? (await createTestDatabase());
  process.env.DATABASE_URL = at.webUrl;
  process.env.KEYS_DIR = at.keysDir;
  process.env.ROLLCALL_MODE = "test";
  connectDatabase(at.webUrl);
  const workers: WorkerProcess[] = [];
  async function startWorker(variables?: Record<string, string>): Promise<WorkerProcess> {
    const worker = await startWorkerProcess(at, variables, { fromSource });
    workers.push(worker);
    return worker;
  }
  const [simulator, worker, { scope: owner }] = await Promise.all([
    startSimulator(),
    startWorker(),
    makeOperator(at, "owner"),
  ]);
  return {
    database: at,
    simulator,
    worker,
    owner,
    startWorker,
    rows: (sql, values) => askAsOwner(at.ownerUrl, sql, values),
    async close() {
      await Promise.all(workers.map(endWorker));
      await simulator.close();
      await closeSender();
      await closeDatabase();
      await at.drop();
    },
  };
}

/** A stopped worker reacts to no other signal. */
async function endWorker(worker: WorkerProcess): Promise<void> {
  worker.signal("SIGCONT");
  await worker.stop();
}
