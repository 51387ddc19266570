/**
 * What is wrong with a key file.
 * - missing: it does not exist, or this process may not read it.
 * - exposed: other users of the machine may read or change it.
 * - not-a-key: its content does not have the form of the key it should hold.
 * - example: a published key or password from a standard or a manual.
 * - wrong: a valid key, but not the one that belongs here.
 */
export type KeyFileReason = "missing" | "exposed" | "not-a-key" | "example" | "wrong";

/**
 * Thrown for a key file that a process must not start with. The message names the file, the fault and the fix; it
 * never quotes the content.
 */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly file: string;
  readonly reason: KeyFileReason;

  /** @param detail the fault, as the end of "Key file <file> …", without its full stop. */
  constructor(file: string, reason: KeyFileReason, detail: string) {
    super(`Key file ${file} ${detail}. Rollcall was not started. ${toFix(file, reason)}`);
    this.file = file;
    this.reason = reason;
  }
}

function toFix(file: string, reason: KeyFileReason): string {
  if (reason === "missing") return "Restore it from a backup, or create it with `npm run keys`.";
  if (reason === "exposed")
    return `Run \`chmod 600 ${file}\`; if others may have read it, move it away and run \`npm run keys\`.`;
  return "Restore the right file from a backup, or move this one away and run `npm run keys`.";
}
