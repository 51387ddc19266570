import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { workerFlags } from "@/scripts/worker-flags";
import type { TestDatabase } from "@/test/database";
import { programArguments } from "@/test/program-arguments";

export type WorkerProcess = {
  pid: number;
  /** All of its output, in which a test searches for a canary. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** It was killed with -9, by a test or by itself. */
  hasDied(): boolean;
  /** Asks it to end, and waits. */
  stop(): Promise<number | null>;
  /** Kills it as a crash would, and waits. */
  kill(): Promise<void>;
};

const root = path.resolve(import.meta.dirname, "..");

/**
 * A real worker, as its own process, on a test's database.
 * @param fromSource starts it as in production, not from the test run's bundle
 */
export async function startWorkerProcess(
  database: TestDatabase,
  variables: Record<string, string> = {},
  { fromSource = false } = {},
): Promise<WorkerProcess> {
  const child = spawn(
    process.execPath,
    [...workerFlags, ...programArguments("worker/main", { fromSource })],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH,
        TZ: process.env.TZ,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        ROLLCALL_MODE: "test",
        DATABASE_URL: database.workerUrl,
        KEYS_DIR: database.keysDir,
        ...variables,
      },
    },
  );
  const written: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => written.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => written.push(text));
  const output = () => written.join("");
  await untilWorking(child, output);
  return {
    pid: child.pid ?? 0,
    output,
    signal: (name) => void child.kill(name),
    hasDied: () => child.signalCode === "SIGKILL",
    async stop() {
      child.kill("SIGTERM");
      return end(child);
    },
    async kill() {
      child.kill("SIGKILL");
      await end(child);
    },
  };
}

async function untilWorking(child: ChildProcess, output: () => string): Promise<void> {
  while (!output().includes('"working"')) {
    const ended = await Promise.race([
      once(child, "exit").then(() => true),
      child.stdout ? once(child.stdout, "data").then(() => false) : true,
    ]);
    if (ended) throw new Error(`The worker ended before it worked:\n${output()}`);
  }
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}
