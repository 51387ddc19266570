import crypto from "node:crypto";
import pg from "pg";
import { LaunchError } from "../process/launch-error";
import { withMigrationLock } from "./migration-lock";
import { databaseRole, type ProcessRole, processRoles, readRolePassword, roleUrl } from "./role-url";

/**
 * Sets the passwords of the three serving roles from `keysDir`. The server receives SCRAM verifiers, so its statement
 * log never holds a password.
 * @throws LaunchError when the owner may not alter a role and the role does not already have its password
 */
export async function setRolePasswords(ownerUrl: string, keysDir: string): Promise<void> {
  const verifiers = processRoles.map((role) => ({
    role,
    verifier: scramVerifier(readRolePassword(role, keysDir)),
  }));
  await withMigrationLock(ownerUrl, async (client) => {
    for (const { role, verifier } of verifiers) {
      const sql = `ALTER ROLE ${databaseRole(role)} PASSWORD ${client.escapeLiteral(verifier)}`;
      await client.query(sql).catch((error: unknown) => checkPassword(error, ownerUrl, role, keysDir));
    }
  });
}

/** If a database administrator made the roles, the owner cannot alter them; the password must then already be right. */
async function checkPassword(
  error: unknown,
  ownerUrl: string,
  role: ProcessRole,
  keysDir: string,
): Promise<void> {
  const client = new pg.Client({ connectionString: roleUrl(ownerUrl, role, keysDir) });
  try {
    await client.connect();
  } catch {
    throw new LaunchError(
      `The password of ${databaseRole(role)} could not be set (${String(error)}), and its current one differs from that in ` +
        `KEYS_DIR. Nothing was started. Let the owner alter the role (GRANT ${databaseRole(role)} TO the owner WITH ` +
        `ADMIN OPTION), or set the password in ${role}/database.password yourself.`,
    );
  } finally {
    await client.end();
  }
}

const SCRAM_ITERATIONS = 4096;

/** The verifier that PostgreSQL stores for a password: RFC 5803 with SHA-256, as its own `\password` sends it. */
export function scramVerifier(password: string, salt: Buffer = crypto.randomBytes(16)): string {
  const salted = crypto.pbkdf2Sync(password.normalize("NFKC"), salt, SCRAM_ITERATIONS, 32, "sha256");
  const hmac = (text: string) => crypto.createHmac("sha256", salted).update(text).digest();
  const stored = crypto.createHash("sha256").update(hmac("Client Key")).digest("base64");
  const server = hmac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString("base64")}$${stored}:${server}`;
}
