import { repairColumn } from "@/lib/csv/column-names";
import { toHeaderWords } from "@/lib/csv/header-word";
import { isSecretHeader } from "@/lib/csv/secret-header";
import { listKnownWords, withoutNotes } from "@/lib/imports/header-words";
import { isNearWord } from "@/lib/imports/near-word";
import type { ColumnTarget } from "@/lib/imports/types";

type SuggestInput = {
  columns: readonly string[];
  targets: readonly ColumnTarget[];
  hasTenantColumn: boolean;
};

/**
 * What a column may mean whose header is near a known one: shortened ("Dept"), misspelt ("Locaton") or with a word that
 * says nothing ("Department name"). A person decides; nothing is used by itself.
 * @returns one for each column; null for a column with a meaning and for a header near nothing
 */
export function suggestColumns({ columns, targets, hasTenantColumn }: SuggestInput): (ColumnTarget | null)[] {
  const taken = new Set<ColumnTarget>(targets.filter((target) => target !== "groups"));
  if (!hasTenantColumn) taken.add("tenant");
  return columns.map((column, index) => {
    if (targets[index] !== "ignore" || column === repairColumn || isSecretHeader(column)) return null;
    const target = findNear(toHeaderWords(withoutNotes(column)), taken);
    if (target !== null && target !== "groups") taken.add(target);
    return target;
  });
}

function findNear(words: readonly string[], taken: ReadonlySet<ColumnTarget>): ColumnTarget | null {
  const short = inFull[words.join("")];
  const whole = short === undefined ? words.map((word) => inFull[word] ?? word) : [short];
  const telling = whole.filter((word) => !fillers.has(word));
  const spelt = [whole, telling].map((each) => each.join("")).filter((word) => word !== "");
  return (
    findKnown(taken, (word) => spelt.includes(word)) ??
    findKnown(taken, (word) => isNearWord(words.join(""), word))
  );
}

function findKnown(
  taken: ReadonlySet<ColumnTarget>,
  isMeant: (word: string) => boolean,
): ColumnTarget | null {
  return (
    listKnownWords()
      .filter(([word]) => isMeant(word))
      .flatMap(([, meanings]) => meanings)
      .filter(({ target }) => !taken.has(target))
      .toSorted((a, b) => a.rank - b.rank)[0]?.target ?? null
  );
}

/** Common short forms in headers. */
const inFull: Readonly<Record<string, string>> = {
  dept: "department",
  dep: "department",
  depart: "department",
  abt: "abteilung",
  mgr: "manager",
  emp: "employee",
  nr: "number",
  no: "number",
  num: "number",
  loc: "location",
  org: "organization",
  div: "division",
  tel: "telephone",
  ph: "phone",
  mob: "mobile",
  fname: "firstname",
  lname: "lastname",
  addr: "address",
  grp: "group",
  lang: "language",
};

/** Words beside a known one that do not change what it means. */
const fillers = new Set(
  "name names code description contact employee staff user person people work office company business current primary main security list value".split(
    " ",
  ),
);
