import { spawn } from "node:child_process";
import path from "node:path";
import { projectRoot } from "./project-root";

/**
 * Runs a command line at the project's root with its programs in reach; what it writes goes where ours goes.
 * @param timeoutMs ends it with SIGTERM; without it, it may take as long as it likes
 * @returns its exit code, 1 when a signal ended it
 */
export async function runShell(
  command: string,
  env: NodeJS.ProcessEnv = process.env,
  timeoutMs?: number,
): Promise<number> {
  const bin = path.join(projectRoot, "node_modules", ".bin");
  const child = spawn(command, {
    cwd: projectRoot,
    env: { ...env, PATH: `${bin}${path.delimiter}${env.PATH ?? ""}` },
    shell: true,
    stdio: "inherit",
    timeout: timeoutMs,
  });
  // A terminal sends Ctrl-C to both; anyone else's signal has to be passed on. Either way its end is awaited.
  const pass = () => child.kill("SIGTERM");
  const ignore = () => undefined;
  process.on("SIGTERM", pass).on("SIGINT", ignore);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    });
  } finally {
    process.off("SIGTERM", pass).off("SIGINT", ignore);
  }
}
