import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { postgresIdentity } from "@/scripts/postgres/postgres-identity";
import type { ClusterStack } from "@/test/cluster-stack";

/** A segment of PostgreSQL's log: with this limit it can still write its log, and no table can grow past it. */
export const LOG_SEGMENT_BYTES = 16 * 1_024 * 1_024;

/**
 * Lets no file of the stack's database server grow beyond so many bytes, until it is called with null. PostgreSQL
 * ignores SIGXFSZ, so a write beyond the limit fails with EFBIG where a full disk gives ENOSPC, and it treats the two
 * alike. Only the soft limit is set, and by the server's own user, so no privilege is needed. Linux only, for prlimit(1).
 */
export async function limitFiles({ cluster, rows }: ClusterStack, bytes: number | null): Promise<void> {
  const pidFile = path.join(cluster.dataDir, "cluster", "postmaster.pid");
  const [postmaster] = (await fs.readFile(pidFile, "utf8")).split("\n");
  await limit(postmaster, bytes);
  // Those that began before; whoever comes later inherits.
  const sessions = await rows<{ pid: number }>("SELECT pid FROM pg_stat_activity");
  await Promise.all(sessions.map(({ pid }) => limit(pid, bytes).catch(() => undefined)));
}

/** What the server has said, in its own words: a worker's log leaves messages out. */
export function readServerLog({ cluster }: ClusterStack): Promise<string> {
  return fs.readFile(path.join(cluster.dataDir, "postgres.log"), "utf8");
}

async function limit(pid: number | string | undefined, bytes: number | null): Promise<void> {
  const options = ["--pid", String(pid), `--fsize=${bytes ?? "unlimited"}:unlimited`];
  await promisify(execFile)("prlimit", options, { ...postgresIdentity() });
}
