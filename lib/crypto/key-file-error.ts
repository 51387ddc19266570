/**
 * What is wrong with a key file.
 * - missing: not there, or this process may not read it.
 * - exposed: other users of the machine may read or change it.
 * - not-a-key: its content has not the form of the key it should hold.
 * - example: a key or password out of a standard or a manual, which everybody knows.
 * - wrong: a good key, and not the one that belongs here.
 */
export type KeyFileReason = "missing" | "exposed" | "not-a-key" | "example" | "wrong";

/**
 * A key file that a process does not start with. The message names the file, what is wrong with it and the fix;
 * it never quotes the content.
 */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly file: string;
  readonly reason: KeyFileReason;

  /** @param detail what is wrong, as the end of "Key file <file> …", without its full stop. */
  constructor(file: string, reason: KeyFileReason, detail: string) {
    super(`Key file ${file} ${detail}. Rollcall does not start with it. ${toFix(file, reason)}`);
    this.file = file;
    this.reason = reason;
  }
}

function toFix(file: string, reason: KeyFileReason): string {
  if (reason === "missing") return "Restore it from a backup, or make it with `npm run keys`.";
  if (reason === "exposed")
    return `Run \`chmod 600 ${file}\`; if others may have read it, move it away and run \`npm run keys\`.`;
  return "Restore the right file from a backup, or move this one away and run `npm run keys`.";
}
