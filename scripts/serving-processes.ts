import path from "node:path";
import { type ChildCommand, startProcess } from "./child-process";
import { childEnvironment } from "./child-environment";
import { projectRoot } from "./process/project-root";
import { type ProcessRole, roleUrl } from "./postgres/role-url";
import type { Supervisor } from "./supervisor";
import { workerFlags } from "./worker-flags";

/** The settings that all serving processes of one machine share. */
export interface ServingSetup {
  /** Any role's URL of the database; each process gets the URL of its own role. */
  databaseUrl: string;
  /** Absolute KEYS_DIR. */
  keysDir: string;
  /** Where browsers reach Rollcall. */
  origin: string;
  /** Further variables, such as ROLLCALL_MODE. */
  variables: Record<string, string>;
  /** Folder for <process>.log; without it the processes write where we do. */
  logsDir?: string;
}

/** Node's arguments to run one of our TypeScript programs as a server would: `server-only` is allowed. */
export function programArguments(file: string, ...args: string[]): string[] {
  return ["--conditions=react-server", "--import", "tsx", path.join(projectRoot, file), ...args];
}

/** The environment of one serving process. It holds that process's database role and no other. */
export function servingEnvironment(setup: ServingSetup, role: ProcessRole): NodeJS.ProcessEnv {
  return childEnvironment({
    ...setup.variables,
    KEYS_DIR: setup.keysDir,
    DATABASE_URL: roleUrl(setup.databaseUrl, role, setup.keysDir),
    APP_ORIGIN: setup.origin,
    NEXTAUTH_URL: setup.origin,
  });
}

export async function startWorker(supervisor: Supervisor, setup: ServingSetup): Promise<void> {
  const args = [...workerFlags, ...programArguments("worker/main.ts")];
  await startProcess(supervisor, serve(setup, "worker", "worker", args));
}

export async function startSealer(supervisor: Supervisor, setup: ServingSetup): Promise<void> {
  await startProcess(supervisor, serve(setup, "sealer", "sealer", programArguments("worker/sealer.ts")));
}

/** Next's server on `host`:`port`. "dev" compiles pages on demand; "start" serves the build. */
export async function startWeb(
  supervisor: Supervisor,
  setup: ServingSetup,
  listen: { mode: "start" | "dev"; host: string; port: number },
): Promise<void> {
  const next = path.join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const args = [next, listen.mode, "-H", listen.host, "-p", String(listen.port)];
  const command = serve(setup, "web", "web process", args);
  const env = { ...command.env, PORT: String(listen.port), NEXT_TELEMETRY_DISABLED: "1" };
  const mode = listen.mode === "dev" ? { NODE_ENV: "development" as const } : {};
  await startProcess(supervisor, { ...command, env: { ...env, ...mode } });
}

function serve(setup: ServingSetup, role: ProcessRole, name: string, args: string[]): ChildCommand {
  const logFile = setup.logsDir && path.join(setup.logsDir, `${role}.log`);
  return { name, args, env: servingEnvironment(setup, role), logFile };
}
