import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type Program, PROGRAMS_VARIABLE } from "@/test/program-arguments";

const root = path.resolve(import.meta.dirname, "..");
const programs: Program[] = ["worker/main", "worker/plan-process", "simulator/main"];

/**
 * Vitest's global setup: one bundle of each program that tests start repeatedly, and one cache of compiled code for all
 * processes of the run. Through tsx a worker spends 1.6 s of processor time on its modules, bundled about 0.5 s.
 * Packages stay outside the bundle, so that a test can observe `pg`.
 */
export async function setup(): Promise<() => void> {
  // Inside the project: a bundle resolves packages from its own folder.
  const cache = path.join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "rollcall-programs-"));
  // Vitest skips teardown on Ctrl-C.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((program) => `${program}.ts`),
    outbase: root,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    conditions: ["react-server"],
    platform: "node",
    target: "node22",
    format: "esm",
    sourcemap: true,
  });
  process.env[PROGRAMS_VARIABLE] = folder;
  process.env.NODE_COMPILE_CACHE = path.join(folder, "compiled");
  return remove;
}
