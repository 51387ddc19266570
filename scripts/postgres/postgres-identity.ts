import { execFileSync } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { LaunchError } from "../process/launch-error";

/** The user PostgreSQL runs as in place of root. */
export interface PostgresIdentity {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root runs it as the system user "postgres", which is created where it is
 * missing. Anyone else runs it as themselves.
 * @returns null unless the current user is root
 */
export function postgresIdentity(): PostgresIdentity | null {
  if (process.getuid?.() !== 0) return null;
  const existing = findUser();
  if (existing) return existing;
  try {
    execFileSync("groupadd", ["--force", "--system", "postgres"], { stdio: "pipe" });
    execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], {
      stdio: "pipe",
    });
  } catch (error) {
    throw new LaunchError(
      `PostgreSQL may not run as root and the system user "postgres" could not be created (${String(error)}). ` +
        "Create that user, run as another user, or set DATABASE_URL to your own PostgreSQL server.",
    );
  }
  const created = findUser();
  if (!created) throw new LaunchError('The system user "postgres" was created but cannot be found.');
  return created;
}

function findUser(): PostgresIdentity | null {
  try {
    const read = (flag: string) =>
      Number(
        execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      );
    return { uid: read("-u"), gid: read("-g") };
  } catch {
    return null;
  }
}

/** Whether `identity` may pass through every folder above `target`. A checkout below /root is closed to it. */
export async function canReach(identity: PostgresIdentity, target: string): Promise<boolean> {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    const entry = await fs.stat(folder).catch(() => null);
    if (entry) {
      const shift = entry.uid === identity.uid ? 6 : entry.gid === identity.gid ? 3 : 0;
      if (((entry.mode >> shift) & 1) === 0) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}
