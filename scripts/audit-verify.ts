import { parseArgs } from "node:util";
import { readAnchors } from "@/lib/audit/log/anchors";
import { readSealKey } from "@/lib/audit/log/audit-key";
import { beginAnchorsAnew } from "@/lib/audit/log/begin-anchors-anew";
import { toVerdictWords } from "@/lib/audit/verdict-words";
import { verifyLog } from "@/lib/audit/log/verify-log";
import { systemScope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { runCommand } from "./process/launch-error";

const scope = systemScope("audit-verify", "all");

/*
 * npm run audit:verify [-- --anchors FILE]
 * Verifies the whole audit log of DATABASE_URL, as the sealer, the web process or the owner, with the public key in
 * KEYS_DIR and the anchors in FILE, else AUDIT_ANCHOR_FILE. Prints what holds and exits with 0, or prints the first item
 * that does not and exits with 1.
 *
 * npm run audit:verify -- --begin-anchors [--anchors FILE]
 * Writes anchors anew, where they were lost, from a log that is whole without them, and records that as an event. Needs
 * the right to write events, so it runs as the web process or the owner.
 */
async function main(): Promise<void> {
  try {
    const { values } = parseArgs({
      options: { anchors: { type: "string" }, "begin-anchors": { type: "boolean" } },
    });
    const file = values.anchors ?? env().AUDIT_ANCHOR_FILE;
    await (values["begin-anchors"] ? begin(file) : verify(file));
  } finally {
    await closeDatabase();
  }
}

async function verify(file: string): Promise<void> {
  const { verdict, since } = await verifyLog(scope, {
    key: readSealKey(env().KEYS_DIR),
    anchors: readAnchors(file),
  });
  process.stdout.write(`${toVerdictWords(verdict, since)}\n`);
  if (verdict.ok) process.stdout.write(`${toAnchorWords(verdict.tally.anchors)} ${file}.\n`);
  else process.exitCode = 1;
}

async function begin(file: string): Promise<void> {
  const anchors = await beginAnchorsAnew(scope, { key: readSealKey(env().KEYS_DIR), file }, new Date());
  process.stdout.write(
    `${anchors} anchors were written to ${file}. They prove nothing about what was deleted before now.\n`,
  );
}

function toAnchorWords(anchors: number): string {
  return anchors === 1 ? "1 anchor agrees, in" : `${anchors} anchors agree, in`;
}

await runCommand(main);
