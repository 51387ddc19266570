import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { LaunchError } from "../process/launch-error";
import { isProcessAlive } from "../process/process-alive";
import type { PostgresBinaries } from "./postgres-binaries";
import type { PostgresIdentity } from "./postgres-identity";
import type { PostgresSettings } from "./postgres-settings";

const run = promisify(execFile);

/** The major version of the binaries in package.json; another one cannot read the files. */
const MAJOR_VERSION = "18";

interface ClusterInput {
  dataDir: string;
  binaries: PostgresBinaries;
  identity: PostgresIdentity | null;
  settings: PostgresSettings;
  onProgress?: (message: string) => void;
}

/**
 * Creates the cluster in `dataDir`/cluster if there is none.
 * @returns the cluster's folder (PGDATA)
 */
export async function ensureCluster(input: ClusterInput): Promise<string> {
  const cluster = path.join(input.dataDir, "cluster");
  if (await fs.stat(cluster).catch(() => null)) return cluster;
  input.onProgress?.("Creating the database cluster");
  const draft = `${cluster}.new`;
  await fs.rm(draft, { recursive: true, force: true });
  await initialize(input, draft);
  // Renamed when complete: an interrupted start leaves no partial cluster.
  await fs.rename(draft, cluster);
  return cluster;
}

/**
 * Checks before a start whether the server can start on this folder.
 * @throws LaunchError when it is in use, broken, or of another major version
 */
export async function checkCluster(cluster: string): Promise<void> {
  await checkVersion(cluster);
  await checkNotRunning(cluster);
}

async function initialize(
  { binaries, identity, settings, dataDir }: ClusterInput,
  target: string,
): Promise<void> {
  const passwordFile = path.join(dataDir, "superuser.password");
  await fs.mkdir(target, { mode: 0o700 });
  await fs.writeFile(passwordFile, `${settings.superuserPassword}\n`, { mode: 0o600 });
  try {
    if (identity) {
      await fs.chown(target, identity.uid, identity.gid);
      await fs.chown(passwordFile, identity.uid, identity.gid);
    }
    await run(binaries.initdb, initdbArguments(target, passwordFile), {
      ...identity,
      cwd: target,
      env: postgresEnvironment(),
    });
  } catch (error) {
    throw new LaunchError(`The database cluster could not be created in ${target}. ${String(error)}`);
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

/**
 * Checksums detect a damaged page when it is read. The builtin C.UTF-8 locale sorts alike on every system, so an index
 * stays valid when the folder moves to another one.
 */
function initdbArguments(target: string, passwordFile: string): string[] {
  return [
    `--pgdata=${target}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
    "--no-instructions",
  ];
}

/** Only the path of our variables: the server needs no key and no token. LC_ALL keeps its messages in English. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, SystemRoot, TEMP } = process.env;
  return { NODE_ENV, PATH, SystemRoot, TEMP, LC_ALL: "C", TZ: "UTC" };
}

async function checkVersion(cluster: string): Promise<void> {
  const version = (await fs.readFile(path.join(cluster, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === MAJOR_VERSION) return;
  const cause = version
    ? `${cluster} was made by PostgreSQL ${version}, but this is PostgreSQL ${MAJOR_VERSION}`
    : `${cluster} is not a PostgreSQL data folder, or is damaged`;
  throw new LaunchError(
    `${cause}. The database was not started. ` +
      "Move the folder away, or start fresh with `npm run demo -- --reset`; that deletes the data.",
  );
}

/**
 * PostgreSQL takes any live process of its user for the server that left its number in the pid file. In a restarted
 * container another process may have that number, so the file is deleted unless a PostgreSQL has it. The server still
 * notices sessions of a dead one: it finds their shared memory by the folder's inode.
 */
async function checkNotRunning(cluster: string): Promise<void> {
  const pid = await findServer(cluster);
  if (pid === null) return fs.rm(pidFileOf(cluster), { force: true });
  throw new LaunchError(
    `The database in ${cluster} is in use by process ${pid}, so it was not started a second time. ` +
      "Stop the other Rollcall, or choose another folder with --data.",
  );
}

/** Stops the server that runs on this folder, if any, as its starter would. */
export async function stopLeftover(
  cluster: string,
  binaries: PostgresBinaries,
  identity: PostgresIdentity | null,
): Promise<void> {
  if ((await findServer(cluster)) === null) return;
  const args = ["stop", "--pgdata", cluster, "--mode", "fast", "--wait"];
  await run(binaries.pgCtl, args, { ...identity, cwd: cluster, env: postgresEnvironment() });
}

async function findServer(cluster: string): Promise<number | null> {
  const pid = Number((await fs.readFile(pidFileOf(cluster), "utf8").catch(() => "")).split("\n")[0]);
  return (await isProcessAlive(pid, /postgres/)) ? pid : null;
}

function pidFileOf(cluster: string): string {
  return path.join(cluster, "postmaster.pid");
}
