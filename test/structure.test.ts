import fs from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

/** The most files in a folder, tests left out, before it must be divided. */
const FILES_MAX = 46;

const root = path.resolve(import.meta.dirname, "..");
const sources = ["app", "components", "lib", "worker", "simulator", "scripts", "bench", "e2e", "test"];
const IMPORT = /(?:^(?:import|export)\s[^;]*?from\s+|^import\s+|\bimport\(\s*)["']([^"']+)["']/gm;

async function listFiles(): Promise<string[]> {
  const found = await Promise.all(
    sources.map((folder) => Array.fromAsync(fs.glob(`${folder}/**/*.{ts,tsx}`, { cwd: root }))),
  );
  return found.flat().filter((file) => !file.includes("/generated/"));
}

/** Importer → what it imports, by file or by folder. */
type Imports = Map<string, Set<string>>;

async function readTexts(): Promise<Map<string, string>> {
  const files = await listFiles();
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await fs.readFile(path.join(root, file), "utf8")] as const),
    ),
  );
}

/** File → the files that its text imports: by type, as a module, or when it is needed. */
function toImports(texts: ReadonlyMap<string, string>): Imports {
  const imports: Imports = new Map();
  for (const [file, text] of texts) {
    const sought = [...text.matchAll(IMPORT)].map(([, source = ""]) =>
      source.startsWith(".") ? path.join(path.dirname(file), source) : source.replace(/^@\//, ""),
    );
    const found = sought.flatMap((base) => [`${base}.ts`, `${base}.tsx`].filter((name) => texts.has(name)));
    imports.set(file, new Set(found));
  }
  return imports;
}

/** Folder → the folders that its files import from. Tests are left out: a test may import anything. */
function toFolders(imports: Imports): Imports {
  const folders: Imports = new Map();
  for (const [file, targets] of imports) {
    if (file.includes(".test.")) continue;
    const from = path.dirname(file);
    const to = folders.get(from) ?? new Set();
    folders.set(from, to);
    for (const target of targets) if (path.dirname(target) !== from) to.add(path.dirname(target));
  }
  return folders;
}

/** The files or folders on a path from `start` back to it. */
function findWayBack(imports: Imports, start: string): string[] | null {
  const seen = new Set<string>();
  function follow(place: string, way: string[]): string[] | null {
    for (const next of imports.get(place) ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = follow(next, [...way, next]);
      if (found) return found;
    }
    return null;
  }
  return follow(start, [start]);
}

function findCircles(imports: Imports): string[] {
  return [...imports.keys()].flatMap((place) => findWayBack(imports, place)?.join(" → ") ?? []);
}

test("no file and no folder imports another that imports it back", async () => {
  const imports = toImports(await readTexts());
  expect(imports.size).toBeGreaterThan(800);
  expect(findCircles(imports)).toEqual([]);
  const folders = toFolders(imports);
  expect(folders.size).toBeGreaterThan(40);
  expect(findCircles(folders)).toEqual([]);
});

test("a circle is found whichever way its files import each other", () => {
  const imports = toImports(
    new Map([
      ["lib/a.ts", 'import { b } from "./b";'],
      ["lib/b.ts", 'import {\n  c,\n} from "@/lib/c/c";\nexport { e } from "@/lib/e";'],
      ["lib/c/c.tsx", 'const load = () => import("@/lib/d");'],
      ["lib/d.ts", 'import type { A } from "@/lib/a";\nimport "@/lib/e";'],
      ["lib/e.ts", 'import fs from "node:fs";'],
    ]),
  );
  expect(findWayBack(imports, "lib/a.ts")).toEqual([
    "lib/a.ts",
    "lib/b.ts",
    "lib/c/c.tsx",
    "lib/d.ts",
    "lib/a.ts",
  ]);
  expect(findWayBack(imports, "lib/e.ts")).toBeNull();
  expect(findCircles(toFolders(imports))).toEqual(["lib → lib/c → lib", "lib/c → lib → lib/c"]);
});

test(`no folder holds more than ${FILES_MAX} files`, async () => {
  const counts = new Map<string, number>();
  for (const file of (await listFiles()).filter((name) => !name.includes(".test."))) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
});
