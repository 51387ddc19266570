"use client";

import { ChevronRight } from "lucide-react";
import { lazy, memo, Suspense, useState } from "react";
import { Due } from "@/components/changes/model/due";
import { Target, VerbGlyph, WhatItDoes } from "@/components/changes/plan/plan-line";
import { toReasonTitle } from "@/components/changes/model/progress-words";
import { endsByHand } from "@/components/changes/model/tenant-note";
import type { OperationView } from "@/components/changes/model/wire";
import { Time } from "@/components/ui/time";
import { usePart } from "@/components/ui/use-part";
import { operationKindWords, operationStateWords } from "@/components/words/operation-words";
import { WordStatus } from "@/components/words/word-status";

const load = async () => ({
  default: (await import("@/components/changes/progress/operation-details")).OperationDetails,
});
const OperationDetails = lazy(load);

type OperationEntryProps = { operation: OperationView; testMode: boolean | null };

/**
 * One operation as a row that expands and then fetches its requests. It is a native element, so that a
 * search in the page finds collapsed text. Rendered again only when the operation changed.
 */
export const OperationEntry = memo(function OperationEntry({ operation, testMode }: OperationEntryProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { prepare, whenThere, problem } = usePart(load);

  function onToggle({ open }: HTMLDetailsElement) {
    if (open) whenThere(() => setIsOpen(true));
    else setIsOpen(false);
  }

  return (
    <li className="border-t border-line first:border-t-0">
      <details className="group/operation" onToggle={(event) => onToggle(event.currentTarget)}>
        <summary
          onPointerEnter={prepare}
          onFocus={prepare}
          className="flex min-h-row cursor-default list-none items-start gap-2 px-3 py-2 hover:bg-hover focus-visible:outline-offset-[-2px] [&::-webkit-details-marker]:hidden"
        >
          <ChevronRight
            aria-hidden
            className="quick size-4 shrink-0 self-start text-ink-3 group-open/operation:rotate-90 mt-0.5"
          />
          <OperationLine operation={operation} />
        </summary>
        {problem}
        {isOpen ? (
          <Suspense>
            <OperationDetails operation={operation} testMode={testMode} />
          </Suspense>
        ) : null}
      </details>
    </li>
  );
});

function OperationLine({ operation }: { operation: OperationView }) {
  const { word } = operationStateWords[operation.state];
  const trouble =
    operation.state === "confirmed" || operation.reason === null ? null : toReasonTitle(operation.reason);
  return (
    <span className="grid min-w-0 flex-1 grid-cols-[1rem_minmax(0,1fr)] items-start gap-x-3 @2xl:grid-cols-[6.5rem_1rem_minmax(0,1fr)_minmax(0,1fr)_8.5rem]">
      <WordStatus word={operationStateWords[operation.state]} className="col-span-2 @2xl:col-span-1" />
      <VerbGlyph operation={operation} />
      <span className="min-w-0">
        <span className="font-medium text-ink [overflow-wrap:anywhere]">{operation.label}</span>
        <Target operation={operation} />
      </span>
      <span className="col-start-2 min-w-0 text-ink-2 @2xl:col-start-auto">
        {hasShortWord(operation) ? (
          operationKindWords[operation.kind].verb
        ) : (
          <WhatItDoes operation={operation} />
        )}
        {trouble && trouble !== word ? (
          <span className="block text-12 leading-5 text-ink-3">{trouble}</span>
        ) : null}
      </span>
      <span className="col-start-2 text-12 leading-5 text-ink-3 @2xl:col-start-auto @2xl:text-right">
        <Moment operation={operation} />
      </span>
    </span>
  );
}

/** For a whole account the verb is enough; its details are inside the row. */
function hasShortWord({ kind }: OperationView): boolean {
  return kind === "create" || kind === "archive" || kind === "restore" || kind === "link";
}

/** The time of its state or, if the next step is automatic, of the next attempt. */
function Moment({ operation }: { operation: OperationView }) {
  const { state, confirmedAt, acceptedAt, sentAt, nextAt, confirmAt, reason } = operation;
  if (state === "confirmed" && confirmedAt) return <Time at={confirmedAt} />;
  if (state === "accepted" && confirmAt) return <Due what="next check" at={confirmAt} />;
  if (state === "accepted" && acceptedAt) return <Time at={acceptedAt} />;
  if (state === "queued" && reason && endsByHand(reason)) return null;
  if ((state === "queued" && reason) || state === "unknown") return <Due what="next attempt" at={nextAt} />;
  return sentAt ? <Time at={sentAt} /> : null;
}
