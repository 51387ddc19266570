import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LaunchError } from "./process/launch-error";
import { readTail } from "./process/log-tail";
import { projectRoot } from "./process/project-root";
import type { Supervisor } from "./supervisor";

export interface ChildCommand {
  /** Its name for people: "web process". */
  name: string;
  /** Program arguments of Node: a script and its options. */
  args: string[];
  /** The complete environment; nothing is inherited. */
  env: NodeJS.ProcessEnv;
  /** Receives its output. Without it the output goes where ours goes. */
  logFile?: string;
}

const LEAVE_WITH_PARENT = pathToFileURL(path.join(projectRoot, "scripts", "leave-with-parent.mjs")).href;
const STOP_TIMEOUT_MS = 20_000;
const OUTPUT_CHARS_MAX = 1_000_000;

/**
 * Starts a process that runs until the supervisor stops it; its death is the supervisor's failure. It leads a process
 * group, so that a terminal's Ctrl-C reaches it only through us, and so that its own children are found. If we are
 * killed, it stops automatically.
 */
export async function startProcess(supervisor: Supervisor, command: ChildCommand): Promise<void> {
  const { child, logStart } = await spawnLogged(command);
  let isStopping = false;
  void exitOf(child).then(async (how) => {
    if (isStopping) return;
    const lines = command.logFile ? await readTail(command.logFile, logStart) : "";
    supervisor.fail(command.name, `${lines}\n(${how})`.trim());
  });
  await supervisor.add({
    name: command.name,
    async stop() {
      isStopping = true;
      await stopChild(child);
    },
  });
}

/**
 * Runs a process to its end.
 * @returns what it wrote to stdout
 * @throws LaunchError with all its output when it fails
 */
export async function runProcess(supervisor: Supervisor, command: ChildCommand): Promise<string> {
  const child = await spawnChild(command, ["ignore", "pipe", "pipe"]);
  const service = { name: command.name, stop: () => stopChild(child) };
  let stdout = "";
  let both = "";
  const keep = (kept: string, chunk: unknown) => (kept + String(chunk)).slice(-OUTPUT_CHARS_MAX);
  child.stdout?.on("data", (chunk) => {
    stdout = keep(stdout, chunk);
    both = keep(both, chunk);
  });
  child.stderr?.on("data", (chunk) => {
    both = keep(both, chunk);
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await supervisor.add(service);
  await closed;
  supervisor.remove(service);
  if (child.exitCode === 0) return stdout;
  throw new LaunchError(
    `The ${command.name} failed (${describeExit(child)}). Its output:\n${both.trimEnd()}`,
  );
}

/** @returns the child, and the size that its log file had before */
async function spawnLogged(command: ChildCommand): Promise<{ child: ChildProcess; logStart: number }> {
  if (!command.logFile)
    return { child: await spawnChild(command, ["ignore", "inherit", "inherit"]), logStart: 0 };
  const log = await fs.open(command.logFile, "a", 0o600);
  try {
    const { size } = await log.stat();
    return { child: await spawnChild(command, ["ignore", log.fd, log.fd]), logStart: size };
  } finally {
    await log.close();
  }
}

async function spawnChild(
  command: ChildCommand,
  stdio: ["ignore", number | "inherit" | "pipe", number | "inherit" | "pipe"],
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", LEAVE_WITH_PARENT, ...command.args], {
    cwd: projectRoot,
    env: command.env,
    detached: true,
    windowsHide: true,
    stdio,
  });
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const abandon = () => killGroup(child);
  process.once("exit", abandon);
  void exitOf(child).then(() => process.off("exit", abandon));
  return child;
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.once("exit", () => resolve(describeExit(child))));
}

function describeExit({ exitCode, signalCode }: ChildProcess): string {
  return signalCode ? `ended by ${signalCode}` : `exit code ${exitCode}`;
}

/** Asks the process to end, then kills the rest of its group: children that it did not wait for. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = exitOf(child);
    child.kill("SIGTERM");
    const timer = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  }
  killGroup(child);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (process.platform === "win32")
      execFileSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
    else process.kill(-pid, "SIGKILL");
  } catch {
    // The group is empty: everything in it has ended.
  }
}
