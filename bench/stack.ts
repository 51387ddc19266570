import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { closeSender } from "@/lib/queue/boss";
import { startEmbeddedPostgres } from "@/scripts/postgres/embedded-postgres";
import { makeKeys } from "@/scripts/make-keys";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";
import { onOrphaned } from "@/scripts/orphan-watch";
import { roleUrl } from "@/scripts/postgres/role-url";
import type { TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";
import { type Simulator, startSimulator } from "@/test/simulator";
import { startWorkerProcess } from "@/test/worker-process";

/** All of Rollcall except its pages: this process acts as the web process, and a real worker runs as another. */
export type Stack = {
  simulator: Simulator;
  /** An owner's. */
  scope: Scope;
  worker: BenchWorker;
  database: TestDatabase;
  /** Folder for the logs of further processes. */
  logsDir: string;
};

/** The only worker, which may be killed and started again. */
export type BenchWorker = {
  pid(): number;
  kill(): Promise<void>;
  start(): Promise<void>;
};

/** Ctrl-C, or npm has ended: the results so far are discarded. */
export class InterruptedError extends Error {}

/**
 * Starts a stack in temporary folders of the system, passes it to `work`, and stops everything in any case. The
 * database syncs to disk as in production; the log's sealer does not run.
 * @throws InterruptedError, and any error of starting or of `work`
 */
export async function withStack<T>(
  work: (stack: Stack) => Promise<T>,
  onProgress: (message: string) => void,
): Promise<T> {
  const services = createServices();
  const interrupted = Promise.withResolvers<never>();
  const interrupt = () => interrupted.reject(new InterruptedError("Interrupted"));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  const forgetParents = onOrphaned(interrupt);
  onProgress("Starting a database, a simulated KnowBe4 and a worker");
  const starting = startStack(services);
  try {
    return await Promise.race([starting.then(work), interrupted.promise]);
  } finally {
    // A child that was starting when the signal came is stopped as soon as it runs.
    await services.stop();
    await starting.catch(() => undefined);
    forgetParents();
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function startStack(services: Services): Promise<Stack> {
  const folder = await services.add(makeFolder(), (made) => fs.rm(made, { recursive: true, force: true }));
  const cluster = await services.add(
    startEmbeddedPostgres({ dataDir: path.join(folder, "postgres") }),
    (started) => started.stop("fast"),
  );
  const keysDir = path.join(folder, "keys");
  await makeKeys(keysDir);
  await migrateDatabase(cluster.ownerUrl, keysDir);
  const database = toDatabase(cluster.ownerUrl, keysDir);
  // This process's own settings, independent of the shell's; the first transaction connects with them.
  Object.assign(process.env, { DATABASE_URL: database.webUrl, KEYS_DIR: keysDir, ROLLCALL_MODE: "test" });
  await services.add(Promise.resolve(), async () => {
    await closeSender();
    await closeDatabase();
  });
  const simulator = await services.add(startSimulator(), (started) => started.close());
  const worker = await startWorker(services, database);
  const { scope } = await makeOperator(database, "owner");
  return { simulator, scope, worker, database, logsDir: folder };
}

async function startWorker(services: Services, database: TestDatabase): Promise<BenchWorker> {
  const start = () =>
    services.add(startWorkerProcess(database, { WORKER_TENANTS_MAX: "500" }), (started) => started.stop());
  let process = await start();
  return {
    pid: () => process.pid,
    kill: () => process.kill(),
    async start() {
      process = await start();
    },
  };
}

async function makeFolder(): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-bench-"));
  // If we are root, PostgreSQL runs as another user, who needs access to its folder.
  await fs.chmod(folder, 0o711);
  return folder;
}

function toDatabase(ownerUrl: string, keysDir: string): TestDatabase {
  return {
    name: "rollcall",
    ownerUrl,
    webUrl: roleUrl(ownerUrl, "web", keysDir),
    workerUrl: roleUrl(ownerUrl, "worker", keysDir),
    sealerUrl: roleUrl(ownerUrl, "sealer", keysDir),
    keysDir,
    drop: async () => undefined,
  };
}

type Services = {
  /** Waits for a start and then owns stopping it. @throws InterruptedError once stopped */
  add<T>(starting: Promise<T>, stop: (started: T) => Promise<void> | Promise<unknown>): Promise<T>;
  /** Stops everything, the last started first. */
  stop(): Promise<void>;
};

function createServices(): Services {
  const stops: (() => Promise<unknown>)[] = [];
  let isStopped = false;

  async function stop(): Promise<void> {
    isStopped = true;
    for (let end = stops.pop(); end; end = stops.pop()) await end();
  }

  return {
    async add(starting, end) {
      const started = await starting;
      stops.push(() => end(started));
      if (isStopped) {
        await stop();
        throw new InterruptedError("Interrupted");
      }
      return started;
    },
    stop,
  };
}
