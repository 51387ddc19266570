import { environmentSchema } from "@/lib/env";
import { ensureBrowser } from "./browser";
import { LaunchError, runCommand } from "./launch-error";
import { checkNodeVersion } from "./node-version";
import { runShell } from "./run-shell";

/** In this order: what fails fastest first, and nothing before what it needs. */
const stages = [
  { name: "generate", command: "prisma generate" },
  { name: "lint", command: "eslint . --max-warnings 0" },
  { name: "format", command: "biome format ." },
  { name: "typecheck", command: "next typegen && tsc --noEmit" },
  { name: "unit", command: "vitest run --project unit" },
  { name: "db", command: "vitest run --project db" },
  { name: "build", command: "next build" },
  { name: "e2e", command: "playwright test", needsBrowser: true },
];

/** `npm test`: every check there is, stopping at the first that fails. */
async function main(): Promise<void> {
  await checkNodeVersion();
  const env = testEnvironment();
  const table: string[] = [];
  for (const [index, { name, command, needsBrowser }] of stages.entries()) {
    const started = Date.now();
    print(`\n[${index + 1}/${stages.length}] ${name}: ${command}`);
    if (needsBrowser) env.CHROMIUM_PATH = await ensureBrowser(print);
    const code = await runShell(command, env);
    const seconds = ((Date.now() - started) / 1_000).toFixed(1).padStart(7);
    table.push(`  ${name.padEnd(10)} ${code === 0 ? "passed" : "FAILED"} ${seconds} s`);
    if (code === 0) continue;
    print(`\n${table.join("\n")}`);
    throw new LaunchError(`The stage "${name}" failed with exit code ${code}. What it said is above.`);
  }
  print(`\n${table.join("\n")}\nEvery stage passed.`);
}

/** Without the settings of whoever runs it: a test must not reach the database that a shell has exported. */
function testEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of Object.keys(environmentSchema.shape)) delete env[name];
  return env;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(main);
