import { LaunchError, runCommand } from "./process/launch-error";
import { migrateDatabase } from "./postgres/migrate-database";

/** `npm run migrate`: DATABASE_URL is the owner's; KEYS_DIR holds the serving roles' passwords. */
async function main(): Promise<void> {
  const { DATABASE_URL, KEYS_DIR } = process.env;
  if (!DATABASE_URL) {
    throw new LaunchError(
      "DATABASE_URL is not set, so there is no database to migrate. Set it to the URL of the role that owns the schema.",
    );
  }
  const applied = await migrateDatabase(DATABASE_URL, KEYS_DIR || "keys");
  for (const name of applied) console.log(`Applied ${name}`);
  console.log(applied.length > 0 ? "The database is up to date." : "The database was up to date already.");
}

await runCommand(main);
