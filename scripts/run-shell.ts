import { spawn } from "node:child_process";
import path from "node:path";
import { projectRoot } from "./process/project-root";

export interface ShellOptions {
  env?: NodeJS.ProcessEnv;
  /** Ends it with SIGTERM; without it, there is no time limit. */
  timeoutMs?: number;
  /** Receives its output; without it the output goes where ours goes. */
  onOutput?: (text: string) => void;
}

/**
 * Runs a command line at the project's root, with the project's programs in PATH.
 * @returns its exit code, 1 when a signal ended it
 */
export async function runShell(
  command: string,
  { env = process.env, timeoutMs, onOutput }: ShellOptions = {},
): Promise<number> {
  const bin = path.join(projectRoot, "node_modules", ".bin");
  const output = onOutput ? "pipe" : "inherit";
  const child = spawn(command, {
    cwd: projectRoot,
    env: { ...env, PATH: `${bin}${path.delimiter}${env.PATH ?? ""}` },
    shell: true,
    stdio: ["inherit", output, output],
    timeout: timeoutMs,
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => onOutput?.(text));
  // A terminal sends Ctrl-C to both; any other signal has to be passed on. Either way we wait for its end.
  const pass = () => child.kill("SIGTERM");
  const ignore = () => undefined;
  process.on("SIGTERM", pass).on("SIGINT", ignore);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
  } finally {
    process.off("SIGTERM", pass).off("SIGINT", ignore);
  }
}
