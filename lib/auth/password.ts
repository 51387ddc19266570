import "server-only";
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { createSemaphore } from "@/lib/db/semaphore";

/**
 * argon2id, the package's default algorithm. 64 MiB in 3 passes took 45 ms on 2 cores, against 10 ms for OWASP's
 * minimum (19 MiB, 2 passes): acceptable once per sign-in, and four times the work for somebody who steals the table.
 */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/**
 * Two at once use at most 128 MiB, however many people sign in; the rest wait. Strangers wait for strangers only: their
 * number does not slow down whoever signed in before.
 */
const lanes = { known: createSemaphore(1), stranger: createSemaphore(1) };

/** Whose password it is: somebody's who is signed in or has signed in from this device, or a stranger's. */
export type PasswordLane = keyof typeof lanes;

let decoy: Promise<string> | undefined;

/** @returns a PHC string, with its parameters and salt inside */
export function hashPassword(password: string): Promise<string> {
  return lanes.known(() => hash(toBytes(password), cost));
}

/**
 * Verifies a password.
 * @param stored the account's hash, or null where there is no such account: a decoy is then verified, so that both
 *   cases take the same time
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
  lane: PasswordLane = "known",
): Promise<boolean> {
  // Created on the first call of either kind, so that the first unknown account is no slower than a known one.
  decoy ??= hashPassword(randomBytes(32).toString("base64url"));
  const compared = stored ?? (await decoy);
  const isMatch = await lanes[lane](() => verify(compared, toBytes(password)));
  return isMatch && stored !== null;
}

/** Keyboards encode an accented letter differently; NFKC unifies them (NIST SP 800-63B section 5.1.1.2). */
function toBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password.normalize("NFKC"));
}
