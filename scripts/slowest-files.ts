import fs from "node:fs/promises";

const SHOWN = 10;

/**
 * The slowest test files, as lines for people.
 * @param report lines of `{ file, ms }` as the runners' reporters write them; a file may have several. May be missing.
 */
export async function readSlowestFiles(report: string): Promise<string[]> {
  const text = await fs.readFile(report, "utf8").catch(() => "");
  const total = new Map<string, number>();
  for (const line of text.split("\n").filter(Boolean)) {
    const { file, ms } = JSON.parse(line) as { file: string; ms: number };
    total.set(file, (total.get(file) ?? 0) + ms);
  }
  const slowest = [...total].toSorted(([, a], [, b]) => b - a).slice(0, SHOWN);
  if (slowest.length === 0) return [];
  const lines = slowest.map(([file, ms]) => `  ${(ms / 1_000).toFixed(1).padStart(6)} s  ${file}`);
  return ["The slowest files:", ...lines, ""];
}
