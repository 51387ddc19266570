/** Thrown when the log is in a state that the sealer must not sign. The message is ours and safe to log. */
export class SealRefusedError extends Error {
  constructor(found: string) {
    super(
      `${found} Nothing was sealed. Run \`npm run audit:verify\` to find out what happened to the database.`,
    );
    this.name = "SealRefusedError";
  }
}
