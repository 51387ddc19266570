import path from "node:path";
import { keyFiles } from "@/lib/crypto/key-files";
import { readPassword } from "@/lib/crypto/key-text";

/** The serving processes; each has a folder of keys and a database role, rollcall_<name>, of its own. */
export const processRoles = ["web", "worker", "sealer"] as const;
export type ProcessRole = (typeof processRoles)[number];

/** The database role that a process connects as. */
export function databaseRole(role: ProcessRole): string {
  return `rollcall_${role}`;
}

/**
 * `databaseUrl` with user and password replaced by those of one serving process; host, port, database and parameters
 * stay. So a process never holds the owner's password.
 * @param keysDir KEYS_DIR, where <role>/database.password is
 * @throws KeyFileError when that file is missing or not fit to use
 */
export function roleUrl(databaseUrl: string, role: ProcessRole, keysDir: string): string {
  const url = new URL(databaseUrl);
  url.username = databaseRole(role);
  url.password = encodeURIComponent(readRolePassword(role, keysDir));
  return url.href;
}

/** The database password of one process. @throws KeyFileError */
export function readRolePassword(role: ProcessRole, keysDir: string): string {
  return readPassword(path.join(keysDir, keyFiles[role].password)).reveal();
}
