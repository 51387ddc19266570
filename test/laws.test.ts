import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { legal, type Planted, planted, targets, writers } from "./planted-tree";

/**
 * The laws are only as good as their checks: an import rule without a resolver silently accepts everything. So a small
 * project with nearly our names, with a breach of each law, is linted with our own rules.
 */
const root = path.resolve(import.meta.dirname, "..");
let tree: string;
let found: Map<string, string[]>;

beforeAll(async () => {
  tree = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-laws-"));
  const files: Planted[] = [...targets, ...writers, ...legal, ...planted];
  for (const { file, code } of files) {
    const place = path.join(tree, file);
    await fs.mkdir(path.dirname(place), { recursive: true });
    await fs.writeFile(place, code);
  }
  const compilerOptions = {
    module: "esnext",
    moduleResolution: "bundler",
    jsx: "react-jsx",
    paths: { "@/*": ["./*"] },
    strict: true,
  };
  await fs.writeFile(
    path.join(tree, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["**/*.ts", "**/*.tsx"] }),
  );
  found = await lint();
}, 120_000);

afterAll(() => fs.rm(tree, { recursive: true, force: true }));

test.each(planted)("$file breaks a law, and lint reports it: $law", ({ file, law }) => {
  expect(found.get(file)?.join("\n") ?? "").toContain(law);
});

test.each([...writers, ...legal])("$file obeys the laws, and passes", ({ file }) => {
  expect(found.get(file)).toEqual([]);
});

test("every law of the table has a breach planted", async () => {
  const config: unknown = await import(pathToFileURL(path.join(root, "eslint.config.mjs")).href);
  const { laws } = config as { laws: [unknown, unknown, string][] };
  expect(laws.length).toBeGreaterThan(10);
  const reported = planted.map(({ law }) => law);
  expect(laws.map(([, , why]) => why).filter((why) => !reported.includes(why))).toEqual([]);
});

type Report = { filePath: string; messages: { message: string }[] }[];

async function lint(): Promise<Map<string, string[]>> {
  const eslint = path.join(root, "node_modules/eslint/bin/eslint.js");
  const json = await new Promise<string>((resolve, reject) => {
    // Exit code 1 means "found something", which is expected.
    execFile(
      process.execPath,
      [eslint, "-c", path.join(root, "eslint.config.mjs"), "-f", "json", "."],
      { cwd: tree, maxBuffer: 1e8 },
      (error, stdout, stderr) =>
        stdout.startsWith("[") ? resolve(stdout) : reject(error ?? new Error(stderr)),
    );
  });
  const report = JSON.parse(json) as Report;
  return new Map(
    report.map(({ filePath, messages }) => [
      path.relative(tree, filePath),
      messages.map(({ message }) => message),
    ]),
  );
}
