import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Names the folder of bundled programs to whoever a test run starts. */
export const PROGRAMS_VARIABLE = "TEST_PROGRAMS";

export type Program = "worker/main" | "worker/plan-process" | "simulator/main";

/**
 * Node's arguments to start one of our programs: the bundle that bundle-programs.ts made for this test run, or the
 * source as production runs it, where there is none or `fromSource` asks for it.
 */
export function programArguments(program: Program, { fromSource = false } = {}): string[] {
  const folder = process.env[PROGRAMS_VARIABLE];
  const conditions = "--conditions=react-server";
  return fromSource || !folder
    ? [conditions, "--import", "tsx", path.join(root, `${program}.ts`)]
    : [conditions, "--enable-source-maps", path.join(folder, `${program}.mjs`)];
}
