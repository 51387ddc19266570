"use client";

import { Fragment } from "react";
import { ApproveAlone, WaitingApproval } from "@/components/changes/plan/approve-alone";
import { toHeldReasons, toHeldWhat } from "@/components/changes/plan/held-words";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import type { Refusal } from "@/components/ui/actions/outcome";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf, listOf } from "@/components/words/count-words";
import { toDisabledWords } from "@/components/words/refusal-words";
import { changeCan } from "@/lib/changes/model/change-can";
import { toChangeFacts } from "@/lib/changes/model/change-facts";
import type { RefusalWords } from "@/lib/errors";
import { approveHeldAction } from "@/lib/changes/actions";

type HeldNoticeProps = {
  change: ChangeView;
  viewer: Viewer;
  refetch: () => Promise<unknown>;
  /** The plan was refused, not the typed text. */
  onRefused: (refusal: Refusal) => void;
};

/** What is held, why, and who may approve it: every operator who may apply and is no author of it. */
export function HeldNotice({ change, viewer, refetch, onRefused }: HeldNoticeProps) {
  const count = change.counts.held;
  const runs = change.runs.filter(({ counts }) => counts.held > 0);
  const what = toHeldWhat(runs);
  const { authorship } = change;
  const facts = { ...toChangeFacts(change, null), authorship };
  const whyNot = changeCan.approve.whyNot(facts);
  const mayApprove = viewer.canApply && whyNot === null;
  const mayAskAlone = viewer.canApply && changeCan.approveAlone(facts);
  return (
    <Notice
      kind="held"
      title={`${what} in ${namesOf(runs)} ${count === 1 ? "is" : "are"} held`}
      action={
        mayApprove ? (
          <Approve {...{ change, what, refetch, onRefused }} />
        ) : mayAskAlone ? (
          <ApproveAlone {...{ change, refetch }} />
        ) : null
      }
    >
      <ul className="flex flex-col gap-1">
        {toHeldReasons(change).map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ul>
      <p className="mt-1">
        {count === 1 ? "It is" : "They are"} not sent. Everything else continues. {toNextStep(viewer, whyNot)}{" "}
        It can be approved until <Time at={change.expiresAt} />.{" "}
        {runs.length <= 3
          ? runs.map(({ tenantId, tenantName }, index) => (
              <Fragment key={tenantId}>
                {index > 0 ? ", " : null}
                <TextLink href={`/tenants/${tenantId}?tab=rails`}>Rails of {tenantName}</TextLink>
              </Fragment>
            ))
          : null}
      </p>
      <WaitingApproval {...{ change, refetch, mayStop: viewer.canApply }} />
    </Notice>
  );
}

type ApproveProps = Omit<HeldNoticeProps, "viewer"> & { what: string };

function Approve({ change, what, refetch, onRefused }: ApproveProps) {
  const runs = change.runs.filter(({ counts }) => counts.held > 0);
  const count = change.counts.held;
  // Approving a plan that was not applied yet applies the whole plan.
  const rest = change.state === "ready" ? change.counts.planned : 0;
  const archives = runs.flatMap(({ lines }) =>
    lines.filter(({ kind, state }) => kind === "archive" && state === "held"),
  );

  return (
    <ConfirmDialog
      trigger={<Button>{`Approve ${what}`}</Button>}
      title={`Approve ${what} in ${namesOf(runs)}`}
      confirmLabel={
        rest > 0 ? `Apply ${countOf(count + rest, "operation", "operations")}` : `Approve ${what}`
      }
      tone="danger"
      action={approveHeldAction}
      onRefused={(refusal) => {
        if (refusal.cause === "refused" && Object.keys(refusal.fields).length === 0) onRefused(refusal);
      }}
      onSettled={refetch}
      silentMessage={silentMessage}
      fields={{ changeId: change.id, planHash: change.planHash }}
      reason={{
        label: "Why is this right?",
        isRequired: true,
        description: "Auditors see it beside your name.",
      }}
    >
      <p>
        {change.requestedBy} requested this: “{change.reason}”. It is held until a second operator approves
        it.
      </p>
      {archives.length > 0 ? (
        <p>
          Archived people lose access to training now. Their seats are freed, their history is kept, and a
          restore brings them back.
        </p>
      ) : null}
      {rest > 0 ? (
        <p>
          The rest of the plan, {countOf(rest, "operation", "operations")}, has not been applied yet and is
          applied too.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}

function namesOf(runs: ChangeView["runs"]): string {
  return runs.length <= 3 ? listOf(runs.map(({ tenantName }) => tenantName)) : `${runs.length} tenants`;
}

function toNextStep(viewer: Viewer, whyNot: RefusalWords | null): string {
  if (!viewer.canApply) return "An owner or technician who is no author of it can approve it.";
  return toDisabledWords(whyNot) ?? "Check the lines, then approve them.";
}
