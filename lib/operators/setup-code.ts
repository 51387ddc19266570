import { createHash, randomBytes } from "node:crypto";

/* The code that the set-up page asks for. The start prints it at the console, and the database holds only its hash: who
   reads the console of a new installation is its owner. */

/** 32 letters and digits that nobody confuses, so that five random bits choose one. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** @returns 80 random bits in four groups, such as K7QM-2XWD-PPJ4-9RTA */
export function makeSetupCode(): string {
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** SHA-256, which is enough for 80 random bits. Case, spaces and hyphens do not count: people type them anew. */
export function hashSetupCode(code: string): Uint8Array<ArrayBuffer> {
  const letters = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return new Uint8Array(createHash("sha256").update(letters).digest());
}
