import { glob, readFile } from "node:fs/promises";
import { environmentSchema } from "@/lib/env";
import { ensureBrowser } from "./browser";
import { LaunchError, runCommand } from "./process/launch-error";
import { checkNodeVersion } from "./node-version";
import { runStages, type Stage } from "./run-stages";

const generate: Stage = { name: "generate", command: "prisma generate && next typegen" };

const unit: Stage = { name: "unit", command: "vitest run --project unit" };

/**
 * The stages that fail fastest come first, and none before its prerequisites. The first lanes take about equally long.
 */
const short: Stage[][][] = [
  [[generate]],
  [
    [
      { name: "types", command: "tsc --noEmit" },
      { name: "promises", command: "oxlint --type-aware --deny-warnings ." },
      { name: "format", command: "biome format ." },
      { name: "lint", command: "eslint . --max-warnings 0" },
    ],
    [unit],
  ],
  [[{ name: "db", command: "vitest run --project db" }]],
  // The stage "types" has already checked what the build would check again.
  [[{ name: "build", command: "next build", env: { TYPES_ARE_CHECKED: "yes" } }]],
  [[{ name: "e2e", command: "playwright test", prepare: findBrowser }]],
];

const manyCases = { PROPERTY_FACTOR: "10" };

/** Stages that take too long for every run: ten times as many cases, and minutes of chaos. */
async function planLong(): Promise<Stage[][][]> {
  const db = `vitest run --project db ${(await listSizedTests()).join(" ")}`;
  return [
    [[generate]],
    [[{ ...unit, env: manyCases }]],
    [[{ name: "db", command: db, env: manyCases }]],
    // Each theme at each width, where `npm test` looks at each once.
    [[{ name: "e2e", command: "playwright test access", env: manyCases, prepare: findBrowser }]],
    [[{ name: "chaos", command: "npm run chaos" }]],
  ];
}

/** The database tests that do more in the long run than in the short one, or run there only (`x.long.db.test.ts`). */
async function listSizedTests(): Promise<string[]> {
  const sized: string[] = [];
  for await (const file of glob("{lib,test,worker,scripts}/**/*.db.test.ts")) {
    const text = await readFile(file, "utf8");
    if (file.endsWith(".long.db.test.ts") || text.includes("@/test/run-length")) sized.push(file);
  }
  return sized.toSorted();
}

/** `npm test` runs every check once; `npm run test:long` runs the longer ones. Each stops at the first failure. */
async function main(): Promise<void> {
  const [mode, ...more] = process.argv.slice(2);
  if ((mode !== undefined && mode !== "--long") || more.length > 0)
    throw new LaunchError(
      "The test command accepts only --long. To run one file, use `npx vitest run FILE`.",
    );
  await checkNodeVersion();
  await runStages(mode === "--long" ? await planLong() : short, testEnvironment());
}

/** Without the settings of the caller's shell: a test must not reach a database that the shell has exported. */
function testEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of Object.keys(environmentSchema.shape)) delete env[name];
  return env;
}

async function findBrowser(): Promise<Record<string, string>> {
  return { CHROMIUM_PATH: await ensureBrowser((line) => process.stdout.write(`${line}\n`)) };
}

await runCommand(main);
