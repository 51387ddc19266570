import { readdir } from "node:fs/promises";
import path from "node:path";
import { systemScope } from "@/lib/auth/scope";
import { listAppliedMigrations } from "@/lib/db/applied-migrations";
import { transaction } from "@/lib/db/transaction";

/**
 * Whether the database was migrated past this version: it records a migration that no folder of ours has. What such
 * a worker would write may not fit any more, so it takes nothing until it is started anew from the newer version.
 */
export async function isOutdated(): Promise<boolean> {
  const applied = await transaction(systemScope("worker", []), listAppliedMigrations);
  const known = new Set(await readdir(path.join(process.cwd(), "prisma", "migrations")));
  return [...applied].some((name) => !known.has(name));
}
