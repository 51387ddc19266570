import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Whether the process whose number is in a file still runs. A number is not enough: after a restart, especially of a
 * container, another process may have it, so its command line must match too. If the system does not show the command
 * line, a live number counts.
 */
export async function isProcessAlive(pid: number, expected: RegExp): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !hasProcess(pid)) return false;
  const command = await findCommandLine(pid);
  return command === null || expected.test(command);
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function findCommandLine(pid: number): Promise<string | null> {
  return fs
    .readFile(`/proc/${pid}/cmdline`, "utf8")
    .catch(async () => (await run("ps", ["-p", String(pid), "-o", "command="])).stdout)
    .catch(() => null);
}
