import type { RunView } from "@/components/changes/model/wire";
import type { CountTile } from "@/components/ui/count-tiles";
import type { StatusKind } from "@/components/ui/status-kinds";
import { operationKindWords } from "@/components/words/operation-words";
import type { OperationKind } from "@/lib/changes/model/plan-types";

/** The counts of a plan. Group lines share one count, because plans are about people. */
type Verb = "create" | "link" | "update" | "restore" | "archive" | "groups";

export type VerbCount = { verb: Verb; glyph: string; kind: StatusKind; count: number };

/** Lines of a run with the same result, counted, including those that the page does not show. */
export type LineView = RunView["lines"][number];

const verbs: readonly Omit<VerbCount, "count">[] = [
  ...(["create", "link", "update", "restore", "archive"] as const).map((verb) => ({
    verb,
    glyph: operationKindWords[verb].glyph,
    kind: operationKindWords[verb].kind,
  })),
  { verb: "groups", glyph: "±", kind: "sent" },
];

/** Every verb with its number of lines, zero included. Refused lines are not counted. */
export function countVerbs(lines: readonly LineView[]): VerbCount[] {
  return verbs.map((verb) => ({
    ...verb,
    count: sumLines(lines, ({ kind, state }) => state !== "skipped" && verbOf(kind) === verb.verb),
  }));
}

export function toVerbTiles(lines: readonly LineView[]): CountTile[] {
  return countVerbs(lines).map(({ verb, glyph, kind, count }) => ({ word: verb, glyph, kind, count }));
}

/** The number of lines that pass the test. */
export function sumLines(lines: readonly LineView[], isCounted: (line: LineView) => boolean): number {
  return lines.reduce((sum, line) => (isCounted(line) ? sum + line.count : sum), 0);
}

function verbOf(kind: OperationKind): Verb {
  switch (kind) {
    case "group_create":
    case "members_add":
    case "members_remove":
      return "groups";
    default:
      return kind;
  }
}
