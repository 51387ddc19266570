import { FieldDiff } from "@/components/ui/field-diff";
import { Status } from "@/components/ui/status";
import { statusKinds } from "@/components/ui/status-kinds";
import { toReasonTitle } from "@/components/changes/progress-words";
import type { OperationView } from "@/components/changes/wire";
import { cx } from "@/components/ui/cx";
import { operationKindWords, operationStateWords } from "@/components/words/operation-words";
import { WordStatus } from "@/components/words/word-status";

/** One line of a plan: what is done, to whom, from what to what, and why. It goes by the room there is for it. */
export function PlanLine({ operation }: { operation: OperationView }) {
  return (
    <li className="grid min-h-row grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-3 border-t border-line px-4 py-2 first:border-t-0 @2xl:grid-cols-[1rem_minmax(0,13rem)_minmax(0,1fr)_minmax(0,10rem)] @4xl:grid-cols-[1rem_minmax(0,10rem)_minmax(0,14rem)_minmax(0,1fr)_minmax(0,12rem)]">
      <VerbGlyph operation={operation} />
      <div className="min-w-0 @4xl:contents">
        <div className="font-medium text-ink [overflow-wrap:anywhere]">{operation.label}</div>
        <Target operation={operation} />
      </div>
      <div className="col-start-2 min-w-0 @2xl:col-start-auto">
        <WhatItDoes operation={operation} />
      </div>
      <div className="col-start-2 min-w-0 text-12 text-ink-3 @2xl:col-start-auto @2xl:text-right">
        <Why operation={operation} />
      </div>
    </li>
  );
}

export function VerbGlyph({ operation }: { operation: OperationView }) {
  const { glyph, verb, kind } = operationKindWords[operation.kind];
  const isRefused = operation.state === "skipped";
  return (
    <span className={cx("font-mono font-semibold", isRefused ? "text-ink-3" : statusKinds[kind].text)}>
      <span aria-hidden>{isRefused ? "!" : glyph}</span>
      <span className="sr-only">{verb}</span>
    </span>
  );
}

/** The address, or the group where the line is about one. */
export function Target({ operation }: { operation: OperationView }) {
  const style = cx("text-12 text-ink-2 [overflow-wrap:anywhere]", isAboutUser(operation) && "font-mono");
  return <div className={style}>{operation.target === operation.label ? null : operation.target}</div>;
}

function isAboutUser({ kind }: Pick<OperationView, "kind">): boolean {
  return kind !== "group_create" && kind !== "members_add" && kind !== "members_remove";
}

/** From what to what, on one line; the name and the address of a new account stand in the line already. */
export function WhatItDoes({ operation }: { operation: OperationView }) {
  const { kind, diff, target } = operation;
  switch (kind) {
    case "create": {
      const told = diff.filter(({ field }) => !toldElsewhere.has(field));
      return (
        <>
          create
          {told.map(({ field, label, after }, index) => (
            <span key={field}>
              {index === 0 ? " with " : ", "}
              {label.toLowerCase()} <ins className="text-confirmed">{after}</ins>
            </span>
          ))}
        </>
      );
    }
    case "update":
      return (
        <FieldDiff changes={diff.map(({ label, before, after }) => ({ field: label, before, after }))} />
      );
    case "archive":
      return "archive: the seat is freed, the history kept";
    case "restore":
      return "restore, with the history; it takes a seat";
    case "link":
      return "link to the account that is there";
    case "group_create":
      return "create the group";
    case "members_add":
      return (
        <>
          add to <strong className="font-medium">{target}</strong>
        </>
      );
    case "members_remove":
      return (
        <>
          take out of <strong className="font-medium">{target}</strong>
        </>
      );
  }
}

const toldElsewhere = new Set(["userName", "givenName", "familyName", "externalId"]);

function Why({ operation }: { operation: OperationView }) {
  if (operation.state === "held") return <Status kind="held">Held for another operator</Status>;
  if (operation.state === "skipped") {
    return (
      <Status kind="failed" className="whitespace-normal">
        Refused: {toReasonTitle(operation.reason).toLowerCase()}
      </Status>
    );
  }
  if (operation.state === "cancelled") return <WordStatus word={operationStateWords.cancelled} />;
  return <>{operation.why}</>;
}
