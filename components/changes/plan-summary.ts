import type { OperationView } from "@/components/changes/wire";
import type { CountTile } from "@/components/ui/count-tiles";
import type { StatusKind } from "@/components/ui/status-kinds";
import { operationKindWords } from "@/components/words/operation-words";
import type { OperationKind } from "@/lib/provisioning/plan-types";

/** What a plan is counted by: everything about groups is one number, because people are what it is about. */
export type Verb = "create" | "link" | "update" | "restore" | "archive" | "groups";

export type VerbCount = { verb: Verb; glyph: string; kind: StatusKind; count: number };

const verbs: readonly Omit<VerbCount, "count">[] = [
  ...(["create", "link", "update", "restore", "archive"] as const).map((verb) => ({
    verb,
    glyph: operationKindWords[verb].glyph,
    kind: operationKindWords[verb].kind,
  })),
  { verb: "groups", glyph: "±", kind: "sent" },
];

/** Every verb with how many lines have it, nought included. Refused lines are not counted: nothing comes of them. */
export function countVerbs(operations: readonly OperationView[]): VerbCount[] {
  const counted = operations.filter(({ state }) => state !== "skipped").map(({ kind }) => verbOf(kind));
  return verbs.map((verb) => ({ ...verb, count: counted.filter((each) => each === verb.verb).length }));
}

export function toVerbTiles(operations: readonly OperationView[]): CountTile[] {
  return countVerbs(operations).map(({ verb, glyph, kind, count }) => ({ word: verb, glyph, kind, count }));
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
