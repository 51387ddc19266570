import { databaseRole, type ProcessRole, processRoles } from "./role-url";
import { withMigrationLock } from "./migration-lock";

/**
 * What a serving role may use of the server. Set on the role, because a pooler in transaction mode passes no start-up
 * parameters on. The longest statements: the web's of a plan of 2,000 lines, a worker's of one of 100,000. The rest of
 * the connections is left to the owner and to people.
 */
const limits: Readonly<Record<ProcessRole, { statementTimeout: string; share: number }>> = {
  web: { statementTimeout: "60s", share: 0.35 },
  worker: { statementTimeout: "15min", share: 0.55 },
  sealer: { statementTimeout: "60s", share: 0.05 },
};

/**
 * Sets the limits of the three serving roles; new sessions get them.
 * @param ownerUrl connection URL of the role that owns the schema
 * @returns the roles that the owner may not alter, because a database administrator made them
 */
export async function setRoleLimits(ownerUrl: string): Promise<string[]> {
  return withMigrationLock(ownerUrl, async (client) => {
    const { rows } = await client.query<{ max: number }>(
      "SELECT current_setting('max_connections')::int AS max",
    );
    const max = rows[0]?.max ?? 100;
    const refused: string[] = [];
    for (const role of processRoles) {
      const { statementTimeout, share } = limits[role];
      const name = databaseRole(role);
      try {
        await client.query(`ALTER ROLE ${name} CONNECTION LIMIT ${Math.floor(max * share)}`);
        await client.query(`ALTER ROLE ${name} SET statement_timeout = '${statementTimeout}'`);
        await client.query(`ALTER ROLE ${name} SET idle_in_transaction_session_timeout = '15s'`);
      } catch (error) {
        if (!isInsufficientPrivilege(error)) throw error;
        refused.push(name);
      }
    }
    return refused;
  });
}

/** 42501, PostgreSQL appendix A. */
function isInsufficientPrivilege(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}
