import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { readAnchors } from "@/lib/audit/log/anchors";
import { readSealKey } from "@/lib/audit/log/audit-key";
import { toVerdictWords } from "@/lib/audit/verdict-words";
import { verifyLog } from "@/lib/audit/log/verify-log";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { runCommand } from "./process/launch-error";

/*
 * npm run audit:verify [-- --anchors FILE]
 * Verifies the whole audit log of DATABASE_URL, as the sealer, the web process or the owner, with the public key in
 * KEYS_DIR. Prints what holds and exits with 0, or prints the first item that does not and exits with 1.
 */
async function main(): Promise<void> {
  try {
    await verify();
  } finally {
    await closeDatabase();
  }
}

async function verify(): Promise<void> {
  const { values } = parseArgs({ options: { anchors: { type: "string" } } });
  const { KEYS_DIR, AUDIT_ANCHOR_FILE } = env();
  const file = values.anchors ?? AUDIT_ANCHOR_FILE;
  // A file that was requested must exist; the default one exists only where the sealer runs.
  const hasAnchors = values.anchors !== undefined || existsSync(file);
  const { verdict, since } = await verifyLog(systemScope("audit-verify", "all"), {
    key: readSealKey(KEYS_DIR),
    anchors: hasAnchors ? readAnchors(file) : none(),
  });
  process.stdout.write(`${toVerdictWords(verdict, since)}\n`);
  if (!hasAnchors) process.stdout.write(NO_ANCHORS);
  else if (verdict.ok) process.stdout.write(`${toAnchorWords(verdict.tally.anchors)} ${file}.\n`);
  if (!verdict.ok) process.exitCode = 1;
}

function toAnchorWords(anchors: number): string {
  return anchors === 1 ? "1 anchor agrees, in" : `${anchors} anchors agree, in`;
}

async function* none() {}

const NO_ANCHORS =
  "No anchors were compared, so a log with a deleted end would look whole. Give their file with --anchors.\n";

await runCommand(main);
