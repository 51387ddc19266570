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

type Found = Map<string, string[]>;

async function lint(): Promise<Found> {
  const [eslint, oxlint] = await Promise.all([runEslint(), runOxlint()]);
  for (const { filename, message } of oxlint)
    eslint.set(filename, [...(eslint.get(filename) ?? []), message]);
  return eslint;
}

/** The rules that read one file, and who imports whom. Files without a finding are in its report as well. */
async function runEslint(): Promise<Found> {
  const report = JSON.parse(
    await runLinter("eslint/bin/eslint.js", ["-c", path.join(root, "eslint.config.mjs"), "-f", "json"]),
  ) as { filePath: string; messages: { message: string }[] }[];
  return new Map(
    report.map(({ filePath, messages }) => [
      path.relative(tree, filePath),
      messages.map(({ message }) => message),
    ]),
  );
}

/** The rules that need types. */
async function runOxlint(): Promise<{ filename: string; message: string }[]> {
  const config = path.join(root, ".oxlintrc.json");
  const json = await runLinter("oxlint/bin/oxlint", ["--type-aware", "-c", config, "-f", "json"]);
  return (JSON.parse(json) as { diagnostics: { filename: string; message: string }[] }).diagnostics;
}

function runLinter(program: string, options: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // Exit code 1 means "found something", which is expected.
    execFile(
      process.execPath,
      [path.join(root, "node_modules", program), ...options, "."],
      { cwd: tree, maxBuffer: 1e8 },
      (error, stdout, stderr) =>
        /^[[{]/.test(stdout) ? resolve(stdout) : reject(error ?? new Error(stderr)),
    );
  });
}
