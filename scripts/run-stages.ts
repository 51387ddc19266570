import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { LaunchError } from "./process/launch-error";
import { runShell } from "./run-shell";
import { readSlowestFiles } from "./slowest-files";

/** A part of a test run. */
export interface Stage {
  name: string;
  command: string;
  /** Further variables of its environment. */
  env?: Record<string, string>;
  /** A preparation before it begins, such as a browser. */
  prepare?: () => Promise<Record<string, string>>;
}

type Result = { name: string; code: number; ms: number };

/**
 * Runs steps one after the other, the lanes of a step in parallel, and the stages of a lane one after the other. Ends
 * with the first step in which a stage fails. Then prints the ten slowest test files and the time of each stage.
 * @throws LaunchError that names the failed stages
 */
export async function runStages(
  steps: readonly (readonly Stage[])[][],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const started = Date.now();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-durations-"));
  const durations = path.join(folder, "files.ndjson");
  const results: Result[] = [];
  try {
    for (const lanes of steps) {
      const common = { ...env, TEST_DURATIONS: durations };
      const ended = await Promise.all(lanes.map((lane) => runLane(lane, common, lanes.length === 1)));
      results.push(...ended.flat());
      if (hasFailed(results)) break;
    }
    print(`\n${[...(await readSlowestFiles(durations)), ...results.map(toLine)].join("\n")}`);
    print(`  together          ${toSeconds(Date.now() - started)}`);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
  const failed = results.filter(({ code }) => code !== 0).map(({ name }) => `"${name}"`);
  if (failed.length > 0) throw new LaunchError(`Failed: ${failed.join(" and ")}. See the output above.`);
  print("Every stage passed.");
}

async function runLane(
  lane: readonly Stage[],
  common: NodeJS.ProcessEnv,
  isAlone: boolean,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const stage of lane) {
    results.push(await runStage(stage, common, isAlone));
    if (hasFailed(results)) break;
  }
  return results;
}

/** The output of a parallel stage is printed in one piece, at its end. */
async function runStage(stage: Stage, common: NodeJS.ProcessEnv, isAlone: boolean): Promise<Result> {
  const { name, command } = stage;
  const env = { ...common, ...stage.env, ...(await stage.prepare?.()) };
  const started = Date.now();
  print(`\n${name}: ${command}`);
  let output = "";
  const onOutput = isAlone ? undefined : (text: string) => void (output += text);
  const code = await runShell(command, { env, onOutput });
  if (!isAlone) print(`\n${name} has ended:\n${output.trim()}`);
  return { name, code, ms: Date.now() - started };
}

function hasFailed(results: readonly Result[]): boolean {
  return results.some(({ code }) => code !== 0);
}

function toLine({ name, code, ms }: Result): string {
  return `  ${name.padEnd(10)} ${code === 0 ? "passed" : "FAILED"} ${toSeconds(ms)}`;
}

function toSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1).padStart(7)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
