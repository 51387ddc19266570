"use client";

import dynamic from "next/dynamic";
import { type ReactNode, Suspense } from "react";
import { ChangeSide } from "@/components/changes/change-side";
import { toApplyLabel } from "@/components/changes/plan/apply-words";
import { PlanActions, type PlanActionStates, usePlanActions } from "@/components/changes/plan/plan-actions";
import { ScheduleDialog } from "@/components/changes/steering/schedule-dialog";
import { wasApplied, wasRejected } from "@/components/changes/steering/undo-facts";
import type { TenantNotes } from "@/components/changes/model/tenant-note";
import { useLiveChange } from "@/components/changes/progress/use-live-change";
import { useNow } from "@/components/changes/model/use-now";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import { Columns, PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { KeepFocus } from "@/components/ui/keep-focus";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { DisabledButton } from "@/components/ui/disabled-button";
import { RefusalNextStep } from "@/components/ui/actions/refusal-next-step";
import { changeStandingWords } from "@/components/words/change-words";
import { toDisabledWords } from "@/components/words/refusal-words";
import { WordStatus } from "@/components/words/word-status";
import { formatChangeNumber } from "@/lib/change-number";
import { changeCan } from "@/lib/changes/model/change-can";
import { type ChangeFacts, toChangeFacts } from "@/lib/changes/model/change-facts";

/**
 * A change is a plan or is being applied, and seldom held, scheduled or a worker's task. The page ships the code of what it shows and fetches the rest
 * when the state changes.
 */
const PlanView = dynamic(() => import("@/components/changes/plan/plan-view").then((view) => view.PlanView));
const ProgressView = dynamic(() =>
  import("@/components/changes/progress/progress-view").then((view) => view.ProgressView),
);

const HeldNotice = dynamic(() =>
  import("@/components/changes/plan/held-notice").then((notice) => notice.HeldNotice),
);
const TaskNotice = dynamic(() =>
  import("@/components/changes/plan/task-notice").then((notice) => notice.TaskNotice),
);
const ScheduleNotice = dynamic(() =>
  import("@/components/changes/steering/schedule-notice").then((notice) => notice.ScheduleNotice),
);
const SteeringActions = dynamic(() =>
  import("@/components/changes/steering/pause-and-cancel").then((actions) => actions.SteeringActions),
);
const UndoAndRetry = dynamic(() =>
  import("@/components/changes/steering/undo-and-retry").then((actions) => actions.UndoAndRetry),
);

type ChangeScreenProps = { initial: ChangeView; viewer: Viewer; notes: TenantNotes };

/** One page for a change's whole life: the plan, then the progress. The left column never moves. */
export function ChangeScreen({ initial, viewer, notes }: ChangeScreenProps) {
  const { change, problem, refetch } = useLiveChange(initial);
  const actions = usePlanActions(change, refetch);
  const nowMs = useNow();
  const facts = toChangeFacts(change, nowMs === null ? null : new Date(nowMs));
  const isExpired = facts.isLate && change.state === "ready";
  const isPlan = !wasApplied(change);
  const word = changeStandingWords[isExpired ? "expired" : change.standing];
  return (
    <>
      <PageHeader
        id={formatChangeNumber(change.number)}
        title={change.title}
        status={<WordStatus word={word} />}
        actions={viewer.canApply ? <Actions {...{ change, facts, actions, refetch, isExpired }} /> : null}
      />
      <PageBody>
        <Columns at="left" side={<ChangeSide change={change} />}>
          <KeepFocus
            of={change.standing === "paused" ? "paused" : change.state}
            label={isPlan ? "Plan" : "Progress"}
            className="flex flex-col gap-4"
          >
            {change.task ? <TaskNotice {...{ change, facts, actions, viewer, refetch }} /> : null}
            {change.scheduledAt ? <ScheduleNotice change={change} viewer={viewer} refetch={refetch} /> : null}
            <Messages {...{ change, facts, problem, actions, viewer, isExpired }} />
            {change.counts.held > 0 && !isExpired ? (
              <HeldNotice change={change} viewer={viewer} refetch={refetch} onRefused={actions.refuse} />
            ) : null}
            <Suspense>
              {change.planHash === "" ? null : isPlan ? (
                <PlanView change={change} />
              ) : (
                <ProgressView change={change} notes={notes} viewer={viewer} refetch={refetch} />
              )}
            </Suspense>
          </KeepFocus>
        </Columns>
      </PageBody>
    </>
  );
}

type ActionsProps = {
  change: ChangeView;
  facts: ChangeFacts;
  actions: PlanActionStates;
  refetch: () => Promise<unknown>;
  isExpired: boolean;
};

/** What can be done with the change now: apply or schedule, pause or cancel, undo or retry. */
function Actions({ change, facts, actions, refetch, isExpired }: ActionsProps) {
  if (facts.state === "planning" || changeCan.withdraw(facts))
    return <ApplyOff change={change} facts={facts} />;
  if (facts.state === "unplanned") {
    return <PlanActions change={change} facts={facts} actions={actions} isExpired />;
  }
  if (changeCan.discard(facts)) {
    return (
      <>
        {isExpired ? null : <ScheduleDialog change={change} facts={facts} refetch={refetch} />}
        <PlanActions change={change} facts={facts} actions={actions} isExpired={isExpired} />
      </>
    );
  }
  if (changeCan.cancel(facts)) return <SteeringActions change={change} facts={facts} refetch={refetch} />;
  return <UndoAndRetry change={change} facts={facts} />;
}

/** While a worker is at work, nothing of a plan can be pressed but the notice's Cancel; the button says why. */
function ApplyOff({ change, facts }: Pick<ActionsProps, "change" | "facts">) {
  const why = toDisabledWords(changeCan.schedule.whyNot(facts));
  if (why === null || wasApplied(change)) return null;
  return (
    <DisabledButton variant="primary" why={why}>
      {change.planHash === "" ? "Apply" : toApplyLabel(change)}
    </DisabledButton>
  );
}

type MessagesProps = {
  change: ChangeView;
  facts: ChangeFacts;
  problem: string | null;
  actions: PlanActionStates;
  viewer: Viewer;
  isExpired: boolean;
};

/** Why nothing can be pressed: a refusal, an expired plan, an outdated page. */
function Messages({ change, facts, problem, actions, viewer, isExpired }: MessagesProps) {
  const isReady = changeCan.apply.states.includes(facts.state);
  const nothing = isReady && !facts.isLate ? changeCan.apply.whyNot(facts) : null;
  const planAgain =
    viewer.canApply && changeCan.replan(facts) ? (
      <Button onPress={actions.replan} isPending={actions.pending === "replan"}>
        Plan again
      </Button>
    ) : null;
  return (
    <>
      {actions.refusal ? (
        <Notice
          kind={actions.refusal.cause === "refused" ? "failed" : "warning"}
          title={actions.refusal.message}
          action={
            isReady && actions.refusal.cause === "refused" && !actions.refusal.help ? (
              planAgain
            ) : (
              <RefusalNextStep refusal={actions.refusal} />
            )
          }
          isAlert
        />
      ) : null}
      {problem ? (
        <Notice kind="warning" title="This page is out of date">
          {problem} It shows the last known state and updates once Rollcall answers.
        </Notice>
      ) : null}
      {isExpired ? (
        <Notice kind="warning" title="This plan is older than a day">
          The directories may have changed, so it can no longer be applied. Nothing was sent. Plan it again to
          compare the same request with what the tenants hold now.
        </Notice>
      ) : null}
      {change.state === "cancelled" && !wasApplied(change) ? (
        <Ended title={wasRejected(change) ? "This plan was rejected" : "This plan was discarded"} />
      ) : null}
      {change.state === "expired" ? (
        <Ended title="This plan was replaced by a newer one or has expired" action={planAgain} />
      ) : null}
      {nothing && change.counts.held === 0 ? (
        <Notice kind="info" title="Nothing to apply" action={planAgain}>
          {nothing.cause}
        </Notice>
      ) : null}
    </>
  );
}

function Ended({ title, action = null }: { title: string; action?: ReactNode }) {
  const elsewhere = <LinkButton href="/changes">All changes</LinkButton>;
  return (
    <Notice kind="info" title={title} action={action ?? elsewhere}>
      Nothing was sent. The plan is kept as a record.
    </Notice>
  );
}
