import fs from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

/**
 * The oldest safe versions, and why. A pin may be raised above these, never lowered below. Sources: the projects'
 * security advisories as of November 2026.
 */
const minimums: Record<string, [version: string, why: string]> = {
  next: [
    "16.4.1",
    "remote code execution in the server-components decoder it carries (CVE-2026-126187), CVE-2026-94482",
  ],
  react: ["19.3.1", "remote code execution in server components, CVE-2026-126187"],
  "react-dom": ["19.3.1", "released with react, must be the same"],
  "next-auth": ["4.24.15", "CVE-2026-73420: an address with a look-alike @"],
  undici: [
    "7.29.0",
    "CRLF injection and request desynchronisation, CVE-2026-13697 and others of August 2026",
  ],
  "pg-boss": ["12.35.0", "before it a stalled worker could complete another worker's attempt"],
  "ipaddr.js": ["2.5.0", "the address guard was tried with this one"],
  jose: ["6.2.0", "algorithm allow lists for decryption"],
};

/** Versions that must be exact: newer ones cannot be installed or differ in a way we rely on. */
const exact: Record<string, string> = {
  "pg-boss": "12.35.0",
  // The compiler is 7; this is its last version with an API, for eslint, next and the tests that read code.
  typescript: "npm:@typescript/typescript6@6.0.2",
  prisma: "7.10.0",
  "@prisma/client": "7.10.0",
  "@prisma/adapter-pg": "7.10.0",
};

const root = path.resolve(import.meta.dirname, "..");
const { dependencies, devDependencies, optionalDependencies } = (await readJson("package.json")) as Record<
  string,
  Record<string, string>
>;
const pins: Record<string, string> = { ...dependencies, ...devDependencies, ...optionalDependencies };

test("every version is pinned exactly, so that two machines run the same code", () => {
  expect(
    Object.entries(pins).filter(([, version]) => !/^(npm:[@\w/]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)),
  ).toEqual([]);
});

test.each(Object.entries(minimums))("%s is at or above its minimum safe version", async (name, [minimum]) => {
  const { version } = (await readJson(`node_modules/${name}/package.json`)) as { version: string };
  expect(version).toBe(pins[name]);
  expect(compare(version, minimum)).toBeGreaterThanOrEqual(0);
});

test.each(Object.entries(exact))("%s stays at the tested version", (name, version) => {
  expect(pins[name]).toBe(version);
});

test("the Node that serves has the fixed array buffers that React's decoder relies on", () => {
  // React warns and stays vulnerable without them; Node 20 has none.
  expect("detached" in ArrayBuffer.prototype).toBe(true);
});

test("the lockfile names no host and no package from outside the registry", async () => {
  const { packages } = (await readJson("package-lock.json")) as {
    packages: Record<string, { resolved?: string }>;
  };
  expect(Object.values(packages).filter(({ resolved }) => resolved?.match(/^(git|http:)/))).toEqual([]);
});

test("the lockfile holds the builds for every platform; otherwise npm ci would refuse it", async () => {
  // npm leaves out packages that its registry could not serve at that moment, and later takes its own file for broken.
  const { packages } = (await readJson("package-lock.json")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  const held = new Set(
    Object.keys(packages).map((at) => at.slice(at.lastIndexOf("node_modules/") + "node_modules/".length)),
  );
  expect([...new Set(named)].filter((name) => !held.has(name))).toEqual([]);
});

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await fs.readFile(path.join(root, file), "utf8"));
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  const at = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  return at === undefined ? 0 : (left?.[at] ?? 0) - (right?.[at] ?? 0);
}
