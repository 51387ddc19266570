import pg from "pg";
import { LaunchError } from "../process/launch-error";
import type { PostgresSettings } from "./postgres-settings";

const OWNER = "rollcall_owner";
const DATABASE = "rollcall";

/** Connection URL of the embedded cluster's superuser, for its maintenance database. */
export function superuserUrl(settings: PostgresSettings, port: number): string {
  return localUrl("postgres", settings.superuserPassword, port, "postgres");
}

/**
 * Creates the owner role and its database if they are missing, on every start: that completes an interrupted first
 * start. CREATEROLE lets migrations create the serving roles; CREATEDB lets tests clone their template.
 * @returns the connection URL of the owner
 */
export async function ensureOwner(adminUrl: string, settings: PostgresSettings): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect().catch((error: unknown) => {
    throw new LaunchError(
      `The embedded database refused its own settings (${String(error)}). ` +
        "They do not belong to this cluster. Start fresh with `npm run demo -- --reset`; that deletes the data.",
    );
  });
  try {
    const roles = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [OWNER]);
    if (roles.rowCount === 0) {
      const password = pg.escapeLiteral(settings.ownerPassword);
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD ${password}`);
    }
    const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
  return localUrl(OWNER, settings.ownerPassword, Number(new URL(adminUrl).port), DATABASE);
}

function localUrl(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
