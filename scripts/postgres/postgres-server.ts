import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "../process/launch-error";
import { readTail } from "../process/log-tail";
import type { PostgresBinaries } from "./postgres-binaries";
import { postgresEnvironment } from "./postgres-cluster-files";
import type { PostgresIdentity } from "./postgres-identity";

export type StopMode = "fast" | "immediate";

/** Another process listens on the port. The caller may choose another one. */
export class PortTakenError extends Error {}

export interface PostgresServer {
  port: number;
  stop(mode: StopMode): Promise<void>;
}

interface ServerInput {
  binaries: PostgresBinaries;
  identity: PostgresIdentity | null;
  /** PGDATA. */
  cluster: string;
  port: number;
  throwaway: boolean;
  logFile: string;
  onDeath?: (reason: string) => void;
}

/**
 * Starts the server on a cluster that exists and waits until it accepts connections. It gets a process group of
 * its own, so a terminal's Ctrl-C reaches the caller first, who stops what uses the database before it.
 * @throws PortTakenError, or LaunchError with the server's own words
 */
export async function startPostgresServer(input: ServerInput): Promise<PostgresServer> {
  const { child, logStart } = await spawnServer(input);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // The last resort when this process ends without stop(): no server is left running.
  const abandon = () => signal(input, child, "immediate");
  process.once("exit", abandon);
  void exited.then(() => process.off("exit", abandon));
  await waitUntilReady(input, child, logStart);

  let isStopping = false;
  void exited.then(async () => {
    if (!isStopping) input.onDeath?.(await readTail(input.logFile, logStart));
  });
  return {
    port: input.port,
    async stop(mode) {
      isStopping = true;
      if (child.exitCode === null && child.signalCode === null) signal(input, child, mode);
      const timer = setTimeout(() => signal(input, child, "immediate"), STOP_TIMEOUT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

const STOP_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 25;

async function spawnServer(input: ServerInput): Promise<{ child: ChildProcess; logStart: number }> {
  const log = await fs.open(input.logFile, "a", 0o600);
  try {
    const { size: logStart } = await log.stat();
    const child = spawn(input.binaries.postgres, serverArguments(input), {
      ...input.identity,
      cwd: input.cluster,
      env: postgresEnvironment(),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    return { child, logStart };
  } finally {
    await log.close();
  }
}

/**
 * TCP on 127.0.0.1 only; no socket file, whose path would have a length limit. A throw-away cluster may lose data when
 * the machine crashes, never when the server does: the system has every commit before it is acknowledged.
 */
function serverArguments({ cluster, port, throwaway }: ServerInput): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(throwaway ? { fsync: "off", full_page_writes: "off" } : {}),
  };
  return ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** Reads the state that the server writes into line 8 of its pid file, as `pg_ctl --wait` does. */
async function waitUntilReady(input: ServerInput, child: ChildProcess, logStart: number): Promise<void> {
  const pidFile = path.join(input.cluster, "postmaster.pid");
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw await failure(input, logStart);
    const lines = (await fs.readFile(pidFile, "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    await delay(POLL_INTERVAL_MS);
  }
}

async function failure({ cluster, logFile, port }: ServerInput, logStart: number): Promise<Error> {
  const log = await readTail(logFile, logStart);
  if (/could not bind|could not create any TCP/.test(log))
    return new PortTakenError(`Port ${port} is taken.`);
  return new LaunchError(
    `The database in ${cluster} did not start. PostgreSQL said:\n${log}\n` +
      "If the folder is broken, start fresh with `npm run demo -- --reset`; that deletes the data.",
  );
}

function signal({ binaries, cluster }: ServerInput, child: ChildProcess, mode: StopMode): void {
  if (process.platform !== "win32") {
    child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    return;
  }
  // Windows has no signals; pg_ctl reaches the server through a named pipe.
  execFileSync(binaries.pgCtl, ["stop", "-D", cluster, "-m", mode, "--no-wait"], { stdio: "ignore" });
}
