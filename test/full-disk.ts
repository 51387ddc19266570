import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { postgresIdentity } from "@/scripts/postgres/postgres-identity";
import type { ClusterStack } from "@/test/cluster-stack";

/** A segment of PostgreSQL's log: with this limit it can still write its log, but no table can grow beyond it. */
export const LOG_SEGMENT_BYTES = 16 * 1_024 * 1_024;

/**
 * Limits the size of every file of the stack's database server, until it is called with null. PostgreSQL ignores
 * SIGXFSZ, so a write beyond the limit fails with EFBIG where a full disk gives ENOSPC, and it treats the two alike.
 * Only the soft limit is set, by the server's own user, so no privilege is needed. Linux only, for prlimit(1).
 */
export async function limitFiles({ cluster, rows }: ClusterStack, bytes: number | null): Promise<void> {
  const pidFile = path.join(cluster.dataDir, "cluster", "postmaster.pid");
  const [postmaster] = (await fs.readFile(pidFile, "utf8")).split("\n");
  await limit(postmaster, bytes);
  // Existing processes; new ones inherit the limit.
  const sessions = await rows<{ pid: number }>("SELECT pid FROM pg_stat_activity");
  await Promise.all(sessions.map(({ pid }) => limit(pid, bytes).catch(() => undefined)));
}

/** The server's own messages: a worker's log leaves messages out. */
export function readServerLog({ cluster }: ClusterStack): Promise<string> {
  return fs.readFile(path.join(cluster.dataDir, "postgres.log"), "utf8");
}

async function limit(pid: number | string | undefined, bytes: number | null): Promise<void> {
  const options = ["--pid", String(pid), `--fsize=${bytes ?? "unlimited"}:unlimited`];
  await promisify(execFile)("prlimit", options, { ...postgresIdentity() });
}
