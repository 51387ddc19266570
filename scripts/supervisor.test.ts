import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isProcessAlive } from "./process/process-alive";
import { projectRoot } from "./process/project-root";

/** Starts two processes; the first has a child that it never ends. Each records the order of its end. */
const PROGRAM = `
import { runCommand } from "@/scripts/process/launch-error";
import { startProcess } from "@/scripts/child-process";
import { supervise } from "@/scripts/supervisor";

const [folder] = process.argv.slice(2);
const child = \`
  const fs = require("node:fs");
  const { spawn } = require("node:child_process");
  const [name, folder] = process.argv.slice(1);
  const pids = [process.pid];
  if (name === "first") pids.push(spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]).pid);
  process.on("SIGTERM", () => { fs.appendFileSync(folder + "/ended", name + " "); process.exit(); });
  setInterval(() => {}, 1000);
  console.log("these are my last words");
  fs.writeFileSync(folder + "/" + name + ".draft", JSON.stringify(pids));
  fs.renameSync(folder + "/" + name + ".draft", folder + "/" + name + ".pids");
\`;
await runCommand(() => supervise(async (supervisor) => {
  for (const name of ["first", "second"]) {
    const logFile = folder + "/" + name + ".log";
    await startProcess(supervisor, { name, args: ["-e", child, name, folder], env: { PATH: process.env.PATH }, logFile });
  }
}, () => undefined));
`;

let folder: string;
let supervisor: ChildProcess;
let stderr = "";
let exited: Promise<number | null>;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-supervisor-"));
  const program = path.join(folder, "program.mts");
  await fs.writeFile(program, PROGRAM);
  const env = { ...process.env, TSX_TSCONFIG_PATH: path.join(projectRoot, "tsconfig.json") };
  supervisor = spawn(process.execPath, ["--import", "tsx", program, folder], { cwd: projectRoot, env });
  stderr = "";
  supervisor.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  exited = new Promise((resolve) => supervisor.once("close", resolve));
});

afterEach(async () => {
  supervisor.kill("SIGTERM");
  await exited;
  await fs.rm(folder, { recursive: true });
});

/** The numbers of both processes and of the first one's child, once all of them run. */
async function runningPids(): Promise<{ first: number; grandchild: number; second: number }> {
  const read = async (name: string) =>
    JSON.parse(await fs.readFile(path.join(folder, `${name}.pids`), "utf8"));
  const both = () => Promise.all([read("first"), read("second")]).catch(() => []);
  await expect.poll(both, { timeout: 20_000 }).toHaveLength(2);
  const [[first, grandchild], [second]] = await both();
  return { first, grandchild, second };
}

/** The ones that still run. A dead process that nobody has reaped yet has no command line. */
async function listAlive(pids: number[]): Promise<number[]> {
  const alive = await Promise.all(pids.map((pid) => isProcessAlive(pid, /node/)));
  return pids.filter((_pid, index) => alive[index]);
}

const endedInOrder = () => fs.readFile(path.join(folder, "ended"), "utf8");

test("SIGTERM stops every process, the last started first, with their children", async () => {
  const pids = await runningPids();
  supervisor.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(await endedInOrder()).toBe("second first ");
  await expect.poll(() => listAlive(Object.values(pids))).toEqual([]);
});

test("a process that dies is named with its last lines, and stops the others", async () => {
  const pids = await runningPids();
  process.kill(pids.second, "SIGKILL");
  expect(await exited).toBe(1);
  expect(stderr).toMatch(/The second ended unexpectedly.*these are my last words\n\(ended by SIGKILL\)/s);
  expect(await endedInOrder()).toBe("first ");
  await expect.poll(() => listAlive(Object.values(pids))).toEqual([]);
});

test("when the supervisor itself is killed, its processes stop too", async () => {
  const { first, grandchild, second } = await runningPids();
  supervisor.kill("SIGKILL");
  await expect.poll(() => listAlive([first, second]), { timeout: 10_000 }).toEqual([]);
  process.kill(grandchild, "SIGKILL");
});
