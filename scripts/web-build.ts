import fs from "node:fs/promises";
import path from "node:path";
import { childEnvironment } from "./child-environment";
import { runProcess } from "./child-process";
import { LaunchError } from "./process/launch-error";
import { projectRoot } from "./process/project-root";
import type { Supervisor } from "./supervisor";

/** Everything that `npm run build` reads. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "prisma/models",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the web app if the last build is missing or older than its sources. */
export async function ensureBuild(
  supervisor: Supervisor,
  onProgress: (message: string) => void,
): Promise<void> {
  if (!(await isBuildStale())) return;
  onProgress("Building the web app; this takes a minute or two, once");
  // npm gives its scripts its path; without a shell, we need that path to start it.
  const npm = process.env.npm_execpath;
  if (!npm)
    throw new LaunchError(
      "There is no build of the web app, so nothing was started. Run `npm run build`, then start again.",
    );
  await runProcess(supervisor, {
    name: "build",
    args: [npm, "run", "build"],
    env: childEnvironment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  });
}

/** @throws LaunchError when there is no build at all */
export async function requireBuild(): Promise<void> {
  if ((await builtAt()) !== null) return;
  throw new LaunchError("There is no build of the web app, so nothing was started. Run `npm run build`.");
}

async function isBuildStale(): Promise<boolean> {
  const built = await builtAt();
  if (built === null) return true;
  const changed = await Promise.all(SOURCES.map((source) => changedAt(path.join(projectRoot, source))));
  return Math.max(...changed) > built;
}

async function builtAt(): Promise<number | null> {
  const stat = await fs.stat(path.join(projectRoot, ".next", "BUILD_ID")).catch(() => null);
  return stat?.mtimeMs ?? null;
}

/** When a file, or the newest file below a folder, was changed. Tests and generated code are not sources. */
async function changedAt(target: string): Promise<number> {
  const stat = await fs.stat(target).catch(() => null);
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = await fs.readdir(target);
  const counted = names.filter((name) => name !== "generated" && !/\.test\.tsx?$/.test(name));
  const times = await Promise.all(counted.map((name) => changedAt(path.join(target, name))));
  return Math.max(0, ...times);
}
