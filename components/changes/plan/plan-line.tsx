import { Hand, type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { FieldDiff } from "@/components/ui/field-diff";
import { statusKinds } from "@/components/ui/status-kinds";
import { toFieldChanges, toShownValue } from "@/components/changes/model/shown-value";
import { toReasonTitle } from "@/components/changes/model/progress-words";
import { riskMarks } from "@/components/changes/plan/risk-words";
import type { OperationView } from "@/components/changes/model/wire";
import { cx } from "@/components/ui/cx";
import { operationKindWords } from "@/components/words/operation-words";

/** One line of a plan: action, person, before, after and reason. Its layout follows the space it has. */
export function PlanLine({ operation }: { operation: OperationView }) {
  return (
    <li className="grid min-h-row grid-cols-[1rem_minmax(0,1fr)] items-start gap-x-3 border-t border-line px-4 py-2 first:border-t-0 @2xl:grid-cols-[1rem_minmax(0,13rem)_minmax(0,1fr)_minmax(0,10rem)] @4xl:grid-cols-[1rem_minmax(0,9rem)_minmax(0,16.5rem)_minmax(0,1fr)_minmax(0,9.5rem)]">
      <VerbGlyph operation={operation} />
      <div className="min-w-0 @4xl:contents">
        <div className="font-medium text-ink [overflow-wrap:anywhere]">{operation.label}</div>
        <Target operation={operation} />
      </div>
      <div className="col-start-2 min-w-0 @2xl:col-start-auto">
        <WhatItDoes operation={operation} />
        <Marks operation={operation} />
      </div>
      <div className="col-start-2 min-w-0 text-12 leading-5 text-ink-3 @2xl:col-start-auto @2xl:text-right">
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

/** The address. A group's name is part of the action, and labels a line about the group itself. */
export function Target({ operation }: { operation: OperationView }) {
  const isAboutGroup = ["group_create", "members_add", "members_remove"].includes(operation.kind);
  const isTold = isAboutGroup || operation.target === operation.label;
  return (
    <div className="font-mono text-12 leading-5 text-ink-2 [overflow-wrap:anywhere]">
      {isTold ? null : operation.target}
    </div>
  );
}

/** Before and after on one line. A new account's name and address are already in the line. */
export function WhatItDoes({ operation }: { operation: OperationView }) {
  const { kind, diff, target } = operation;
  switch (kind) {
    case "create": {
      const visible = diff.filter(({ field }) => !shownElsewhere.has(field));
      return (
        <>
          create
          {visible.map(({ field, label, after }, index) => (
            <span key={field}>
              {index === 0 ? " with " : ", "}
              {label.toLowerCase()} <ins className="text-confirmed">{toShownValue(field, after)}</ins>
            </span>
          ))}
        </>
      );
    }
    case "update":
      return <FieldDiff changes={toFieldChanges(diff)} />;
    case "archive":
      return "archive (history kept)";
    case "restore":
      return "restore (history kept)";
    case "link":
      return "link to the existing account";
    case "group_create":
      return "create the group";
    case "members_add":
      return (
        <>
          add to <strong className="font-medium">{target}</strong>
          <Members names={diff.map(({ after }) => after)} />
        </>
      );
    case "members_remove":
      return (
        <>
          take out of <strong className="font-medium">{target}</strong>
          <Members names={diff.map(({ before }) => before)} />
        </>
      );
  }
}

/** The first few people of a block, and how many more there are. */
function Members({ names }: { names: readonly (string | null)[] }) {
  const known = names.filter((name) => name !== null);
  if (known.length < 2) return null;
  const rest = known.length - membersShown;
  return (
    <span className="block text-12 leading-5 text-ink-2">
      {known.slice(0, membersShown).join(", ")}
      {rest > 0 ? ` and ${rest} more` : null}
    </span>
  );
}

const membersShown = 5;

/** What distinguishes this line from others of its kind. */
function Marks({ operation: { risks } }: { operation: OperationView }) {
  const marks = risks.flatMap((risk) => riskMarks[risk] ?? []);
  if (marks.length === 0) return null;
  return <span className="block text-12 leading-5 text-held">{marks.join(", ")}</span>;
}

const shownElsewhere = new Set(["userName", "givenName", "familyName", "externalId"]);

/** Why the line is planned or not. */
function Why({ operation: { state, reason, why } }: { operation: OperationView }) {
  if (state === "held")
    return (
      <Trouble Icon={Hand} className="text-held">
        {reason ? toReasonTitle(reason) : "Held for another operator's approval"}
      </Trouble>
    );
  if (state === "skipped" && reason === "dependency-failed")
    return <>Left out because a line it depends on is refused</>;
  if (state === "skipped") {
    return (
      <Trouble Icon={X} className="text-failed">
        Refused: {toReasonTitle(reason).toLowerCase()}
      </Trouble>
    );
  }
  return <>{why}</>;
}

function Trouble({
  Icon,
  className,
  children,
}: {
  Icon: LucideIcon;
  className: string;
  children: ReactNode;
}) {
  return (
    <span className={cx("font-medium", className)}>
      <Icon aria-hidden className="mr-1 inline size-3.5 align-[-2px]" />
      {children}
    </span>
  );
}
