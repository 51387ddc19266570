"use client";

import { Fragment } from "react";
import { ApproveAlone, WaitingApproval } from "@/components/changes/plan/approve-alone";
import { toHeldAction, toHeldReasons } from "@/components/changes/plan/held-words";
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
import { approveHeldAction, rejectHeldAction } from "@/lib/changes/actions";

type HeldNoticeProps = {
  change: ChangeView;
  viewer: Viewer;
  refetch: () => Promise<unknown>;
  /** The plan was refused, not the typed text. */
  onRefused: (refusal: Refusal) => void;
};

/**
 * What is held, why, and who decides: every operator who may apply and is no author of it. An author may reject it too,
 * which sends nothing.
 */
export function HeldNotice({ change, viewer, refetch, onRefused }: HeldNoticeProps) {
  const count = change.counts.held;
  const runs = change.runs.filter(({ counts }) => counts.held > 0);
  const what = toHeldAction(runs);
  const facts = { ...toChangeFacts(change, null), authorship: change.authorship };
  const whyNot = changeCan.approve.whyNot(facts);
  const deciding = { change, what, where: namesOf(runs), refetch, onRefused };
  return (
    <Notice
      kind="held"
      title={`Held for a second operator: ${what} in ${namesOf(runs)}`}
      action={
        viewer.canApply ? (
          <>
            {changeCan.reject(facts) ? <Reject {...deciding} /> : null}
            {whyNot === null ? <Approve {...deciding} /> : null}
            {changeCan.approveAlone(facts) ? <ApproveAlone {...{ change, refetch }} /> : null}
          </>
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
        The approval expires <Time at={change.expiresAt} />.{" "}
        {runs.length <= 3
          ? runs.map(({ tenantId, tenantName }, index) => (
              <Fragment key={tenantId}>
                {index > 0 ? ", " : null}
                <TextLink href={`/tenants/${tenantId}?tab=rails`}>Safety limits of {tenantName}</TextLink>
              </Fragment>
            ))
          : null}
      </p>
      <WaitingApproval {...{ change, refetch, mayStop: viewer.canApply }} />
    </Notice>
  );
}

type DecideProps = Omit<HeldNoticeProps, "viewer"> & { what: string; where: string };

/** What the dialogs of both decisions share: the plan that was seen, and the reason beside the operator's name. */
function toDialog({ change, refetch, onRefused }: DecideProps) {
  return {
    onRefused: (refusal: Refusal) => {
      if (refusal.cause === "refused" && Object.keys(refusal.fields).length === 0) onRefused(refusal);
    },
    onSettled: refetch,
    silentMessage,
    fields: { changeId: change.id, planHash: change.planHash },
  };
}

function Approve(props: DecideProps) {
  const { change, what, where } = props;
  const count = change.counts.held;
  // Approving a plan that was not applied yet applies the whole plan.
  const rest = change.state === "ready" ? change.counts.planned : 0;
  const archives = change.runs.flatMap(({ lines }) =>
    lines.filter(({ kind, state }) => kind === "archive" && state === "held"),
  );

  return (
    <ConfirmDialog
      {...toDialog(props)}
      trigger={<Button>{`Approve: ${what}`}</Button>}
      title={`Approve: ${what} in ${where}`}
      confirmLabel={
        rest > 0 ? `Approve and send ${countOf(count + rest, "operation", "operations")}` : `Approve: ${what}`
      }
      tone="danger"
      action={approveHeldAction}
      reason={{
        label: "Why is this right?",
        isRequired: true,
        description: "Auditors see it beside your name.",
      }}
    >
      <p>
        {change.requestedBy} requested this: “{change.reason}”. It is sent as soon as you approve it.
      </p>
      {archives.length > 0 ? (
        <p>
          Archived people lose access to training. Their seats are freed, their history is kept, and a restore
          brings them back.
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

function Reject(props: DecideProps) {
  const { change, what, where } = props;
  return (
    <ConfirmDialog
      {...toDialog(props)}
      trigger={<Button variant="quiet">Reject</Button>}
      title={`Reject: ${what} in ${where}`}
      confirmLabel={`Reject: do not ${what}`}
      dismissLabel="Back"
      action={rejectHeldAction}
      reason={{
        label: "Why not?",
        isRequired: true,
        description: `${change.requestedBy} and auditors see it beside your name.`,
      }}
    >
      <p>
        {change.requestedBy} requested this: “{change.reason}”.{" "}
        {change.state === "ready"
          ? "Nothing of this plan was sent. Rejecting ends the whole plan; it can be planned again without these lines."
          : "These lines are cancelled and never sent. What was sent of the change stays."}
      </p>
    </ConfirmDialog>
  );
}

function namesOf(runs: ChangeView["runs"]): string {
  return runs.length <= 3 ? listOf(runs.map(({ tenantName }) => tenantName)) : `${runs.length} tenants`;
}

function toNextStep(viewer: Viewer, whyNot: RefusalWords | null): string {
  if (!viewer.canApply) return "An owner or technician who is no author of it can approve it.";
  return toDisabledWords(whyNot) ?? "Check the lines, then approve or reject them.";
}
