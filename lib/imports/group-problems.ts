import type { ProblemGroup } from "@/lib/imports/types";

/** Problems of one kind, counted by the database. */
export type ProblemTally = Omit<ProblemGroup, "examples"> & {
  /** A few of the rows, with the cell at fault. */
  examples: ProblemGroup["examples"];
};

const examplesMax = 5;

/** Merges tallies with the same repair into groups, most rows first. Tallies may come in parts and in any order. */
export function groupProblems(tallies: readonly ProblemTally[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const tally of tallies) {
    const key = JSON.stringify([tally.code, tally.column, tally.message]);
    const group = groups.get(key);
    groups.set(key, {
      ...tally,
      rows: tally.rows + (group?.rows ?? 0),
      examples: firstExamples([...(group?.examples ?? []), ...tally.examples]),
    });
  }
  return [...groups.values()].toSorted(
    (a, b) =>
      b.rows - a.rows ||
      (a.examples[0]?.seq ?? 0) - (b.examples[0]?.seq ?? 0) ||
      a.message.localeCompare(b.message, "en"),
  );
}

function firstExamples(examples: readonly ProblemGroup["examples"][number][]): ProblemGroup["examples"] {
  return examples.toSorted((a, b) => a.seq - b.seq).slice(0, examplesMax);
}
