import fs from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

/** The most files in a folder, tests left out, before it must be divided. */
const FILES_MAX = 46;

const root = path.resolve(import.meta.dirname, "..");
const sources = ["app", "components", "lib", "worker", "simulator", "scripts", "bench", "e2e", "test"];
const IMPORT = /^(?:import|export)\s[^;]*?from\s+["']([^"']+)["']/gm;

async function listFiles(): Promise<string[]> {
  const found = await Promise.all(
    sources.map((folder) => Array.fromAsync(fs.glob(`${folder}/**/*.{ts,tsx}`, { cwd: root }))),
  );
  return found.flat().filter((file) => !file.includes("/generated/"));
}

/** Folder → the folders that its files import from. Tests are left out: a test may import anything. */
async function readFolders(files: readonly string[]): Promise<Map<string, Set<string>>> {
  const known = new Set(files);
  const folders = new Map<string, Set<string>>();
  for (const file of files.filter((name) => !name.includes(".test."))) {
    const text = await fs.readFile(path.join(root, file), "utf8");
    const from = path.dirname(file);
    const to = folders.get(from) ?? new Set();
    folders.set(from, to);
    for (const [, source = ""] of text.matchAll(IMPORT)) {
      const base = source.startsWith("@/") ? source.slice(2) : path.join(from, source);
      const target = [`${base}.ts`, `${base}.tsx`].find((name) => known.has(name));
      if (target && path.dirname(target) !== from) to.add(path.dirname(target));
    }
  }
  return folders;
}

/** The folders on a path from `start` back to it. */
function findWayBack(folders: ReadonlyMap<string, Set<string>>, start: string): string[] | null {
  const seen = new Set<string>();
  function follow(folder: string, way: string[]): string[] | null {
    for (const next of folders.get(folder) ?? []) {
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

test("no folder imports another that imports it back", async () => {
  const folders = await readFolders(await listFiles());
  expect(folders.size).toBeGreaterThan(40);
  const circles = [...folders.keys()].flatMap((folder) => findWayBack(folders, folder)?.join(" → ") ?? []);
  expect(circles).toEqual([]);
});

test("a circle is found where there is one", () => {
  const folders = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c", "d"])],
    ["c", new Set<string>()],
    ["d", new Set(["a"])],
  ]);
  expect(findWayBack(folders, "a")).toEqual(["a", "b", "d", "a"]);
  expect(findWayBack(folders, "c")).toBeNull();
});

test(`no folder holds more than ${FILES_MAX} files`, async () => {
  const counts = new Map<string, number>();
  for (const file of (await listFiles()).filter((name) => !name.includes(".test."))) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
});
