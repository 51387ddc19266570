import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { LaunchError } from "./launch-error";
import { runShell } from "./run-shell";
import { readSlowestFiles } from "./slowest-files";

/** A part of a test run. */
export interface Stage {
  name: string;
  command: string;
  /** What it gets to know beside the run's environment. */
  env?: Record<string, string>;
  /** Made ready before it begins, such as a browser. */
  prepare?: () => Promise<Record<string, string>>;
}

type Result = { name: string; code: number; ms: number };

/**
 * Runs stages one after the other; those that stand together in a list side by side. Stops at the first step in which
 * one fails. At the end it prints the time of each stage and the ten slowest test files.
 * @throws LaunchError naming the stages that failed
 */
export async function runStages(
  steps: readonly (Stage | readonly Stage[])[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const started = Date.now();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-durations-"));
  const durations = path.join(folder, "files.ndjson");
  const results: Result[] = [];
  try {
    for (const [index, step] of steps.entries()) {
      const stages = [step].flat();
      const isAlone = stages.length === 1;
      for (const { name, command } of stages) print(`\n[${index + 1}/${steps.length}] ${name}: ${command}`);
      const common = { ...env, TEST_DURATIONS: durations };
      results.push(...(await Promise.all(stages.map((stage) => runStage(stage, common, isAlone)))));
      if (results.some(({ code }) => code !== 0)) break;
    }
    print(`\n${[...(await readSlowestFiles(durations)), ...results.map(toLine)].join("\n")}`);
    print(`  together          ${toSeconds(Date.now() - started)}`);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
  const failed = results.filter(({ code }) => code !== 0).map(({ name }) => `"${name}"`);
  if (failed.length > 0) throw new LaunchError(`Failed: ${failed.join(" and ")}. What was said is above.`);
  print("Every stage passed.");
}

/** What stages write that run side by side is printed in one piece, when each has ended. */
async function runStage(stage: Stage, common: NodeJS.ProcessEnv, isAlone: boolean): Promise<Result> {
  const env = { ...common, ...stage.env, ...(await stage.prepare?.()) };
  const started = Date.now();
  let output = "";
  const code = await runShell(stage.command, {
    env,
    ...(isAlone ? {} : { onOutput: (text: string) => void (output += text) }),
  });
  if (!isAlone) print(`\n${stage.name}:\n${output.trim()}`);
  return { name: stage.name, code, ms: Date.now() - started };
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
