import { readdir } from "node:fs/promises";
import path from "node:path";
import { systemScope } from "@/lib/auth/scope";
import { listAppliedMigrations } from "@/lib/db/applied-migrations";
import { transaction } from "@/lib/db/transaction";

/**
 * Whether the database schema is newer than this version: it records a migration that we have no folder for. Writes
 * of such a worker might not fit, so it takes nothing until it is restarted from the newer version.
 */
export async function isOutdated(): Promise<boolean> {
  const applied = await transaction(systemScope("worker", []), listAppliedMigrations);
  const known = new Set(await readdir(path.join(process.cwd(), "prisma", "migrations")));
  return [...applied].some((name) => !known.has(name));
}
