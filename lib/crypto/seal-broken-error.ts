/**
 * Why a sealed token did not open.
 * - malformed: not the one spelling that `sealToken` writes.
 * - algorithm: its header asks for other algorithms, for compression, or for an extension.
 * - key: sealed to a key that this keyring does not hold.
 * - binding: sealed for another tenant or another row.
 * - integrity: changed after it was sealed, or sealed to another key under a known key's name.
 */
export type SealBrokenReason = "malformed" | "algorithm" | "key" | "binding" | "integrity";

const causes: Record<SealBrokenReason, string> = {
  malformed: "The stored token is not a sealed token.",
  algorithm: "The stored token is sealed with an algorithm that Rollcall does not use.",
  key: "The stored token is sealed to a key that this worker does not hold.",
  binding: "The stored token was sealed for another tenant.",
  integrity: "The stored token was changed after it was sealed.",
};

/**
 * Thrown for a refused sealed token. It has no `cause` and quotes nothing of its input, so that no byte of a token
 * can reach a log in it.
 */
export class SealBrokenError extends Error {
  override readonly name = "SealBrokenError";
  readonly reason: SealBrokenReason;

  constructor(reason: SealBrokenReason) {
    const nextStep =
      reason === "key"
        ? "Restore the worker's earlier key file, or enter the token again."
        : "Enter the token again. If nobody restored a backup, search the audit log for who changed it.";
    super(`${causes[reason]} It was not opened and nothing was sent. ${nextStep}`);
    this.reason = reason;
  }
}
