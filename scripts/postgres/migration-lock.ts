import pg from "pg";

/** An arbitrary number that nothing else in this database locks. */
const LOCK_KEY = 7_206_101_501;

/**
 * Runs `task` while no other process migrates the same database; the others wait. The lock belongs to a session, so it
 * ends with the process. Needs a direct connection or a pooler in session mode.
 */
export async function withMigrationLock<T>(
  ownerUrl: string,
  task: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "rollcall-migrate" });
  // A broken connection fails the query that waits on it; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    return await task(client);
  } finally {
    await client.end();
  }
}
