import type { RunView } from "@/components/changes/model/wire";
import type { CountTile } from "@/components/ui/count-tiles";
import type { StatusKind } from "@/components/ui/status-kinds";
import { operationKindWords } from "@/components/words/operation-words";
import type { OperationKind } from "@/lib/changes/model/plan-types";

/** What a plan is counted by: everything about groups is one number, because people are what it is about. */
type Verb = "create" | "link" | "update" | "restore" | "archive" | "groups";

export type VerbCount = { verb: Verb; glyph: string; kind: StatusKind; count: number };

/** Lines of a run that came to the same, counted: also those that the page does not show. */
export type LineView = RunView["lines"][number];

const verbs: readonly Omit<VerbCount, "count">[] = [
  ...(["create", "link", "update", "restore", "archive"] as const).map((verb) => ({
    verb,
    glyph: operationKindWords[verb].glyph,
    kind: operationKindWords[verb].kind,
  })),
  { verb: "groups", glyph: "±", kind: "sent" },
];

/** Every verb with how many lines have it, nought included. Refused lines are not counted: nothing comes of them. */
export function countVerbs(lines: readonly LineView[]): VerbCount[] {
  return verbs.map((verb) => ({
    ...verb,
    count: sumLines(lines, ({ kind, state }) => state !== "skipped" && verbOf(kind) === verb.verb),
  }));
}

export function toVerbTiles(lines: readonly LineView[]): CountTile[] {
  return countVerbs(lines).map(({ verb, glyph, kind, count }) => ({ word: verb, glyph, kind, count }));
}

/** How many lines there are of those that pass. */
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
