import { readFileSync, statSync } from "node:fs";
import { decodeBase64url } from "@/lib/crypto/base64url";
import { KeyFileError } from "@/lib/crypto/key-file-error";
import { Secret } from "@/lib/crypto/secret";

/**
 * Reads a key file, without the line end that editors add.
 * @throws KeyFileError "missing", or "exposed" unless the mode is 0400 or 0600. Public keys need that too: an
 *   attacker who can replace one has tokens sealed to a key of their own. Windows has no such modes.
 */
export function readKeyText(file: string): string {
  const found = readFile(file);
  if (found === null) throw new KeyFileError(file, "missing", "is missing, or this user may not read it");
  const mode = found.mode & 0o777;
  if (process.platform !== "win32" && mode !== 0o400 && mode !== 0o600) {
    const shown = mode.toString(8).padStart(4, "0");
    throw new KeyFileError(
      file,
      "exposed",
      `can be read or changed by others: its mode is ${shown}, not 0600`,
    );
  }
  return found.text.replace(/\r?\n$/, "");
}

function readFile(file: string): { mode: number; text: string } | null {
  try {
    return { mode: statSync(file).mode, text: readFileSync(file, "utf8") };
  } catch {
    return null;
  }
}

/**
 * A secret of 32 random bytes or more, written in base64url.
 * @throws KeyFileError
 */
export function readRandomSecret(file: string): { text: Secret; bytes: Uint8Array } {
  const text = readKeyText(file);
  refuseExample(file, text);
  const bytes = decodeBase64url(text);
  if (bytes === null) throw new KeyFileError(file, "not-a-key", "does not hold base64url text");
  if (bytes.length < 32)
    throw new KeyFileError(file, "not-a-key", `holds ${bytes.length} bytes; at least 32 are needed`);
  return { text: new Secret(text), bytes };
}

/**
 * Reads a database password. The database decides its form, so any 24 characters that a connection can carry are
 * accepted.
 * @throws KeyFileError
 */
export function readPassword(file: string): Secret {
  const text = readKeyText(file);
  refuseExample(file, text);
  if (!/^[\x21-\x7e]{24,}$/.test(text))
    throw new KeyFileError(file, "not-a-key", "does not hold 24 or more ASCII characters without blanks");
  return new Secret(text);
}

/** Manuals write "change-me" and "example" in place of a secret, and some are never replaced. */
function refuseExample(file: string, text: string): void {
  if (/example|change/i.test(text))
    throw new KeyFileError(file, "example", "still holds an example text from a manual");
}
