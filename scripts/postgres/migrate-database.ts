import { queues } from "@/lib/queue/queues";
import { applyMigrations } from "./apply-migrations";
import { installQueue } from "./install-queue";
import { setRolePasswords } from "./role-passwords";

/**
 * Brings a database to this version: tables, queue, and the serving roles' passwords. Safe to repeat and to run from
 * several machines at once.
 * @param ownerUrl connection URL of the role that owns the schema
 * @param keysDir folder with {web,worker,sealer}/database.password
 * @returns the migrations applied now
 * @throws LaunchError
 */
export async function migrateDatabase(ownerUrl: string, keysDir: string): Promise<string[]> {
  const applied = await applyMigrations(ownerUrl);
  await installQueue(ownerUrl, queues);
  await setRolePasswords(ownerUrl, keysDir);
  return applied;
}
