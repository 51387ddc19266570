import { hashSetupCode, makeSetupCode } from "@/lib/operators/setup-code";
import { withMigrationLock } from "./migration-lock";

/**
 * Makes the code for the set-up page. It replaces the one before: of several starts the last one's is valid.
 * @param ownerUrl connection URL of the role that owns the schema
 * @returns the code, to be shown once and kept nowhere; null where an operator exists, and no code with it
 */
export async function issueSetupCode(ownerUrl: string): Promise<string | null> {
  const code = makeSetupCode();
  return withMigrationLock(ownerUrl, async (client) => {
    await client.query("DELETE FROM setup_code");
    const { rowCount } = await client.query(
      "INSERT INTO setup_code (code_hash) SELECT $1::bytea WHERE NOT EXISTS (SELECT FROM operator)",
      [Buffer.from(hashSetupCode(code))],
    );
    return rowCount === 1 ? code : null;
  });
}
