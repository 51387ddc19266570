import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runStages, type Stage } from "./run-stages";

let folder: string;
let printed: string[];

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-stages-"));
  printed = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
afterEach(async () => {
  vi.mocked(process.stdout.write).mockRestore();
  await fs.rm(folder, { recursive: true });
});

/** Creates a file, which proves that it ran. */
function leave(name: string, exitCode = 0): Stage {
  const script = `require("fs").writeFileSync(process.env.MARK, ""); console.log("${name} speaks"); process.exit(${exitCode})`;
  return { name, command: `node -e '${script}'`, env: { MARK: path.join(folder, name) } };
}

test("a failed stage ends its lane and, after its step, the run, and is named", async () => {
  const steps = [[[leave("beside")], [leave("broken", 3), leave("next")]], [[leave("later")]]];
  await expect(runStages(steps, process.env)).rejects.toThrow('Failed: "broken".');
  expect(await fs.readdir(folder)).toEqual(["beside", "broken"]);
  expect(printed.join("")).toContain("broken     FAILED");
});

test("parallel stages print all of their output, each with its time", async () => {
  await runStages([[[leave("one")], [leave("two")]]], process.env);
  expect(printed.join("")).toMatch(/one has ended:\none speaks/);
  expect(printed.join("")).toMatch(/two has ended:\ntwo speaks/);
  expect(printed.join("")).toMatch(/ one +passed +\d+\.\d s\n +two +passed +\d+\.\d s/);
});
