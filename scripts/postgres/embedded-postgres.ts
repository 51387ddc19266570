import fs from "node:fs/promises";
import path from "node:path";
import { freePort, isPortFree } from "../process/ports";
import { findPostgresBinaries } from "./postgres-binaries";
import { checkCluster, ensureCluster, stopLeftover } from "./postgres-cluster-files";
import { canReach, type PostgresIdentity, postgresIdentity } from "./postgres-identity";
import { ensureOwner, superuserUrl } from "./postgres-owner";
import { loadPostgresSettings, type PostgresSettings, savePostgresSettings } from "./postgres-settings";
import { type PostgresServer, PortTakenError, type StopMode, startPostgresServer } from "./postgres-server";
import { LaunchError } from "../process/launch-error";

export interface EmbeddedPostgresOptions {
  /** Absolute folder for the cluster, its settings and its log; created when missing. */
  dataDir: string;
  /** A fixed port on 127.0.0.1. Without it a free one is picked once and remembered. */
  port?: number;
  /** Trades fsync for speed, for test clusters: a commit survives a crash of the server, not of the machine. */
  throwaway?: boolean;
  /**
   * Stops a server that already runs on the folder instead of refusing. For a caller who holds a lock on the folder:
   * such a server was left behind by a killed process.
   */
  takeOver?: boolean;
  /** The server's log; `postgres.log` in dataDir by default. */
  logFile?: string;
  onProgress?: (message: string) => void;
  /** Called once if the server ends unexpectedly, with its last log lines. */
  onDeath?: (reason: string) => void;
}

export interface EmbeddedPostgres {
  /** The database "rollcall" as rollcall_owner. The same before and after a restart. */
  ownerUrl: string;
  /** "fast" ends sessions and writes a checkpoint; "immediate" is a crash, from which the next start recovers. */
  stop(mode?: StopMode): Promise<void>;
  restart(mode?: StopMode): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from npm's binaries on 127.0.0.1 with a cluster in `dataDir`. The first start creates
 * the cluster, the role rollcall_owner and its database "rollcall".
 * @throws LaunchError when the folder is in use, broken or of another major version, or the port is taken
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const identity = postgresIdentity();
  const binaries = await findPostgresBinaries(identity);
  const dataDir = await prepareDataDir(options.dataDir, identity);
  const settings = await loadPostgresSettings(dataDir);
  const cluster = await ensureCluster({
    dataDir,
    binaries,
    identity,
    settings,
    onProgress: options.onProgress,
  });
  const { throwaway = false, logFile = path.join(dataDir, "postgres.log"), onDeath } = options;

  async function launch(port: number): Promise<PostgresServer> {
    if (options.takeOver) await stopLeftover(cluster, binaries, identity);
    await checkCluster(cluster);
    const server = await startPostgresServer({
      binaries,
      identity,
      cluster,
      port,
      throwaway,
      logFile,
      onDeath,
    });
    settings.port = port;
    await savePostgresSettings(dataDir, settings);
    return server;
  }

  let server = await launchOnSomePort(options.port, settings, launch);
  const { port } = server;
  const ownerUrl = await ensureOwner(superuserUrl(settings, port), settings).catch(async (error: unknown) => {
    await server.stop("fast");
    throw error;
  });
  return {
    ownerUrl,
    stop: (mode = "fast") => server.stop(mode),
    async restart(mode = "fast") {
      await server.stop(mode);
      server = await launch(port);
    },
  };
}

/** Deletes the cluster of `dataDir` with all its data, and stops a server that was left running on it. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const identity = postgresIdentity();
  const folder = await resolveDataDir(path.resolve(dataDir), identity);
  await stopLeftover(path.join(folder, "cluster"), await findPostgresBinaries(identity), identity);
  for (const target of [folder, path.resolve(dataDir)]) await fs.rm(target, { recursive: true, force: true });
}

async function resolveDataDir(dataDir: string, identity: PostgresIdentity | null): Promise<string> {
  if (!identity || (await canReach(identity, path.join(dataDir, "cluster")))) return dataDir;
  // Below a folder that only root may enter, such as /root, the user "postgres" could not open its files.
  return path.join("/var/lib/rollcall", dataDir.replaceAll(path.sep, "-").replace(/^-/, ""));
}

async function prepareDataDir(requested: string, identity: PostgresIdentity | null): Promise<string> {
  const absolute = path.resolve(requested);
  // Created first, so that the folders above it exist when their permissions are checked.
  await fs.mkdir(absolute, { recursive: true, mode: identity ? 0o711 : 0o700 });
  const dataDir = await resolveDataDir(absolute, identity);
  await fs.mkdir(dataDir, { recursive: true, mode: 0o711 });
  return dataDir;
}

const PORT_TRIES_MAX = 3;

async function launchOnSomePort(
  fixed: number | undefined,
  settings: PostgresSettings,
  launch: (port: number) => Promise<PostgresServer>,
): Promise<PostgresServer> {
  let port = fixed ?? settings.port;
  for (let tries = 1; ; tries += 1) {
    if (port === null || (fixed === undefined && !(await isPortFree(port)))) port = await freePort();
    try {
      return await launch(port);
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      if (fixed !== undefined || tries === PORT_TRIES_MAX) {
        throw new LaunchError(
          `Port ${port} on 127.0.0.1 is taken, so the database cannot listen. Free the port or choose another.`,
        );
      }
      port = null;
    }
  }
}
