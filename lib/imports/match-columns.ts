import { repairColumn } from "@/lib/csv/column-names";
import { meaningsOf, withoutNotes } from "@/lib/imports/header-words";
import { toHeaderWord } from "@/lib/csv/header-word";
import { isSecretHeader } from "@/lib/csv/secret-header";
import type { ColumnTarget } from "@/lib/imports/types";

export type MatchInput = {
  columns: readonly string[];
  /** A few cells for each column. */
  samples: readonly (readonly string[])[];
  hasTenantColumn: boolean;
};

/**
 * Guesses what each column means, by its header, and the address by its cells where no header names it. The column
 * with the surest header gets a meaning; unknown columns are ignored until a person maps them.
 */
export function matchColumns({ columns, samples, hasTenantColumn }: MatchInput): ColumnTarget[] {
  const targets: ColumnTarget[] = columns.map(() => "ignore");
  const claims = columns
    .flatMap((column, index) => meaningsOf(column).map((meaning) => ({ ...meaning, index })))
    .filter(({ index, target }) => mayGuess(columns[index] ?? "", target, hasTenantColumn))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index);
  for (const { target, index } of claims) {
    const isFree = targets[index] === "ignore" && (target === "groups" || !targets.includes(target));
    if (isFree) targets[index] = target;
  }
  guessName(columns, targets);
  guessManager(columns, targets, samples);
  guessAddress(targets, samples);
  return targets;
}

function mayGuess(column: string, target: ColumnTarget, hasTenantColumn: boolean): boolean {
  if (column === repairColumn || isSecretHeader(column)) return false;
  return target !== "tenant" || hasTenantColumn;
}

/** "Name" beside a first name is the family name, as in German and Dutch files; alone it is the whole name. */
function guessName(columns: readonly string[], targets: ColumnTarget[]): void {
  const index = columns.findIndex((column) => ["name", "naam"].includes(toHeaderWord(withoutNotes(column))));
  if (index < 0 || targets[index] !== "ignore") return;
  const isFamily = targets.includes("givenName") && !targets.includes("familyName");
  const target = isFamily ? "familyName" : "displayName";
  if (!targets.includes(target)) targets[index] = target;
}

/** "Supervisor" and "Manager" may head an address or a name, and the cells show which. */
function guessManager(
  columns: readonly string[],
  targets: ColumnTarget[],
  samples: readonly (readonly string[])[],
): void {
  const index = targets.indexOf("manager");
  if (index < 0 || targets.includes("managerName") || /mail/i.test(columns[index] ?? "")) return;
  const cells = samples[index] ?? [];
  const holdNames =
    cells.some((cell) => /\p{L}\s+\p{L}/u.test(cell)) && !cells.some((cell) => cell.includes("@"));
  if (holdNames) targets[index] = "managerName";
}

/** Every row needs an address: use a sign-in name, or a column that holds addresses. */
function guessAddress(targets: ColumnTarget[], samples: readonly (readonly string[])[]): void {
  if (targets.includes("userName")) return;
  const signIn = targets.indexOf("userPrincipalName");
  const found =
    signIn >= 0
      ? signIn
      : samples.findIndex((cells, index) => targets[index] === "ignore" && holdAddresses(cells));
  if (found >= 0) targets[found] = "userName";
}

function holdAddresses(cells: readonly string[]): boolean {
  const said = cells.filter((cell) => cell.trim() !== "");
  return said.length > 0 && said.every((cell) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell.trim()));
}
