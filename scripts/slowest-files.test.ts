import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readSlowestFiles } from "./slowest-files";

test("the ten slowest files are listed, slowest first, with the tests of one file added up", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-slowest-"));
  const report = path.join(folder, "files.ndjson");
  const lines = Array.from({ length: 12 }, (_, index) => ({ file: `file-${index}`, ms: 1_000 * index }));
  const written = [...lines, { file: "file-3", ms: 20_000 }].map((line) => JSON.stringify(line));
  await fs.writeFile(report, `${written.join("\n")}\n`);
  const [heading, first, second, ...others] = await readSlowestFiles(report);
  await fs.rm(folder, { recursive: true });
  expect(heading).toBe("The slowest files:");
  expect([first, second]).toEqual(["    23.0 s  file-3", "    11.0 s  file-11"]);
  expect(others.filter(Boolean)).toHaveLength(8);
});

test("a run without a test file lists none", async () => {
  expect(await readSlowestFiles("/nowhere/files.ndjson")).toEqual([]);
});
