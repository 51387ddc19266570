import { Attempts } from "@/components/changes/progress/attempts";
import { Due } from "@/components/changes/model/due";
import { toFieldChanges } from "@/components/changes/model/shown-value";
import type { OperationView } from "@/components/changes/model/wire";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { FieldDiffTable } from "@/components/ui/field-diff";
import { Notice, type NoticeKind } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toCatalogueCode } from "@/components/words/error-words";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";

type OperationDetailsProps = { operation: OperationView; testMode: boolean | null };

/** One operation: what it does, its state, what to do next, and its requests. */
export function OperationDetails({ operation, testMode }: OperationDetailsProps) {
  return (
    <div className="flex flex-col gap-4 p-4 @2xl:pl-9">
      <Explanation operation={operation} testMode={testMode} />
      <WhatItWrites operation={operation} />
      <DefinitionList items={toMoments(operation)} />
      <Attempts
        operationId={operation.id}
        version={`${operation.state} ${operation.attempt} ${operation.confirmAt}`}
      />
    </div>
  );
}

/** A new account has no "before", so only the new values are shown. */
function WhatItWrites({ operation: { diff } }: { operation: OperationView }) {
  const changes = toFieldChanges(diff);
  if (changes.length === 0) return null;
  if (changes.some(({ before }) => before !== null))
    return <FieldDiffTable label="What it writes" changes={changes} />;
  return <DefinitionList items={changes.map(({ field, after }) => ({ term: field, detail: after }))} />;
}

const explained: Partial<Record<OperationView["state"], NoticeKind>> = {
  failed: "failed",
  held: "held",
  skipped: "warning",
  queued: "info",
  unknown: "info",
  accepted: "info",
};

/** Why it failed or waits, and what to do; nothing otherwise. */
function Explanation({ operation, testMode }: OperationDetailsProps) {
  const kind = explained[operation.state];
  if (operation.state === "accepted") return <NotSeenYet operation={operation} testMode={testMode} />;
  if (!kind || !operation.reason) return null;
  const { title, cause, remedy } = getCatalogueEntry(toCatalogueCode(operation.reason));
  return (
    <Notice kind={kind} title={title}>
      {/* The list of failures says once what to do about a cause; these are the facts of one line. */}
      {operation.state === "failed" ? null : (
        <p>
          {cause} {remedy}
        </p>
      )}
      {operation.detail ? (
        <p className="mt-1 [overflow-wrap:anywhere]">The tenant answered: “{operation.detail}”</p>
      ) : null}
    </Notice>
  );
}

/** Accepted is not applied: KnowBe4 took the request and applies it at its next sync. */
function NotSeenYet({ operation: { acceptedAt, confirmAt, detail }, testMode }: OperationDetailsProps) {
  return (
    <Notice
      kind="info"
      title={testMode ? "Accepted while the tenant is in Test Mode" : "Accepted, awaiting confirmation"}
    >
      <p>
        {acceptedAt ? (
          <>
            KnowBe4 accepted it <Time at={acceptedAt} />
          </>
        ) : (
          "KnowBe4 accepted it"
        )}
        . {detail ? `${detail}. ` : null}
        {detail?.includes("\n") ? null : toUsualReason(testMode)}{" "}
        {confirmAt ? (
          <>
            <Due what="Next check" at={confirmAt} />.
          </>
        ) : null}{" "}
        If that does not change, open Provisioning in the KnowBe4 console.
      </p>
    </Notice>
  );
}

/** Shown until the tenant's expected time has passed; after that, the detail explains the delay. */
function toUsualReason(testMode: boolean | null): string {
  if (testMode) {
    return "Test Mode is recorded as on: KnowBe4 accepts everything and applies nothing until it is switched off there.";
  }
  return "KnowBe4 applies it at its next sync, unless Test Mode is on or the sync skips it.";
}

function toMoments({ why, sentAt, acceptedAt, confirmedAt, attempt }: OperationView): Definition[] {
  const times = [
    { term: "Sent (UTC)", at: sentAt },
    { term: "Accepted (UTC)", at: acceptedAt },
    { term: "Confirmed (UTC)", at: confirmedAt },
  ];
  return [
    { term: "Why", detail: why },
    ...times.flatMap(({ term, at }) => (at ? [{ term, detail: <Time at={at} format="stamp" /> }] : [])),
    ...(attempt > 0 ? [{ term: "Attempts", detail: String(attempt) }] : []),
  ];
}
