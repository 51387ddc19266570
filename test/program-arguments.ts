import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Passes the folder of bundled programs to the processes of a test run. */
export const PROGRAMS_VARIABLE = "TEST_PROGRAMS";

export type Program =
  | "worker/main"
  | "worker/plan-process"
  | "worker/sealer"
  | "scripts/audit-verify"
  | "simulator/main";

/**
 * Node's arguments to start one of our programs: from the bundle that bundle-programs.ts made for this test run, or
 * from the source as in production, if there is no bundle or `fromSource` is set.
 */
export function programArguments(program: Program, { fromSource = false } = {}): string[] {
  const folder = process.env[PROGRAMS_VARIABLE];
  const conditions = "--conditions=react-server";
  return fromSource || !folder
    ? [conditions, "--import", "tsx", path.join(root, `${program}.ts`)]
    : [conditions, path.join(folder, `${program}.mjs`)];
}
