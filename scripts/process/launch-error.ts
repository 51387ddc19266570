/**
 * A reason why a command cannot continue, worded for the person at the terminal: cause, effect, next step. Commands
 * print only its message; any other error is a defect and keeps its stack.
 */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
}

/** Runs a command's main function; a LaunchError becomes one line on stderr and exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
  }
}

/** The message of an error made for people, the stack of any other. */
export function describeError(error: unknown): string {
  if (error instanceof LaunchError) return error.message;
  // Key files report through their own class, defined where the keys are read.
  if (error instanceof Error && error.name === "KeyFileError") return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
