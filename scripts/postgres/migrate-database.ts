import { queues } from "@/lib/queue/queues";
import { applyMigrations } from "./apply-migrations";
import { installQueue } from "./install-queue";
import { setRoleLimits } from "./role-limits";
import { setRolePasswords } from "./role-passwords";

/**
 * Brings a database to this version: tables, queue, and the serving roles' passwords and limits. Safe to repeat and to run from
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
  const unlimited = await setRoleLimits(ownerUrl);
  if (unlimited.length > 0) process.stderr.write(toWarning(unlimited));
  return applied;
}

function toWarning(roles: readonly string[]): string {
  return (
    `The owner may not alter ${roles.join(", ")}, so their statement timeout and connection limit stay as they are. ` +
    "Set both yourself (ALTER ROLE … SET statement_timeout, CONNECTION LIMIT), or grant the owner those roles WITH ADMIN OPTION.\n"
  );
}
