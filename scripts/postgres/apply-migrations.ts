import fs from "node:fs/promises";
import path from "node:path";
import type {
  HistoryDiagnostic,
  MigrationList,
  SchemaEngine,
} from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { LaunchError } from "../process/launch-error";
import { withMigrationLock } from "./migration-lock";
import { projectRoot } from "../process/project-root";
import { createSchemaEngine } from "./schema-engine";

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies every folder of prisma/migrations that the database has not recorded, in the order of their names, each in a
 * transaction of its own, and records them in _prisma_migrations as `prisma migrate deploy` does. Safe to repeat, to
 * run twice at once and to kill.
 * @param ownerUrl connection URL of the role that owns the schema
 * @returns the names applied now, oldest first; empty when there was nothing to do
 * @throws LaunchError when a migration fails, or when database and folder do not belong together
 */
export async function applyMigrations(
  ownerUrl: string,
  folder: string = path.join(projectRoot, "prisma", "migrations"),
): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  return withMigrationLock(ownerUrl, async () => {
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: "rollcall-migrate" });
    const engine = await createSchemaEngine(pool);
    try {
      await clearUnfinished(pool);
      await checkHistory(engine, migrationsList);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return appliedMigrationNames;
    } catch (error) {
      throw error instanceof LaunchError ? error : toLaunchError(error);
    } finally {
      engine.free();
      await pool.end();
    }
  });
}

async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => {
      const value = await fs.readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
    }),
  );
  const content = await fs.readFile(path.join(folder, "migration_lock.toml"), "utf8").catch(() => null);
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/**
 * Deletes the record of attempts that failed or were interrupted. Each ran in one transaction together with the record
 * of its end (see schema-engine.ts), so one without that record left nothing in the database.
 */
async function clearUnfinished(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("SELECT to_regclass('_prisma_migrations') AS found");
  if (rows[0].found === null) return;
  await pool.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

/** Refuses a database whose history the folder does not contain. */
async function checkHistory(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: NO_FILTERS,
  });
  const [edited] = found.editedMigrationNames;
  if (edited) {
    throw new LaunchError(
      `Migration ${edited} was changed after it was applied, so the database does not match its file. Nothing ` +
        "was migrated. Restore the file and put the change into a migration of its own; a demo may start fresh with " +
        "`npm run demo -- --reset`.",
    );
  }
  const [unknown] = unknownMigrations(found.history);
  if (unknown) {
    throw new LaunchError(
      `The database holds migration ${unknown}, which this version does not have: it is newer than the code. ` +
        "Nothing was migrated. Start the version that created it, or a later one.",
    );
  }
}

function unknownMigrations(history: HistoryDiagnostic | null): string[] {
  if (!history || history.diagnostic === "databaseIsBehind") return [];
  return history.unpersistedMigrationNames;
}

/** The engine's message without its Rust trace, whose lines begin with a number. */
function toLaunchError(error: unknown): LaunchError {
  const message = error instanceof Error ? error.message : JSON.stringify(error);
  const name = /migration_name="([^"]+)"/.exec(message)?.[1];
  const reason = message.replace(/\n\s+\d+: [\s\S]*$/, "").replace(/^external connector error\s*/, "");
  const what = name ? `Migration ${name} failed and was undone` : "The database could not be migrated";
  return new LaunchError(`${what}: ${reason} Nothing was started. Fix the cause and run it again.`);
}
