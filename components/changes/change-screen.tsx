"use client";

import dynamic from "next/dynamic";
import { type ReactNode, Suspense } from "react";
import { whyNothingToApply } from "@/components/changes/plan/apply-words";
import { ChangeSide } from "@/components/changes/change-side";
import { HeldNotice } from "@/components/changes/plan/held-notice";
import {
  nothingToApplyId,
  PlanActions,
  type PlanActionStates,
  usePlanActions,
} from "@/components/changes/plan/plan-actions";
import { ScheduleDialog } from "@/components/changes/steering/schedule-dialog";
import { ScheduleNotice } from "@/components/changes/steering/schedule-notice";
import { SteeringActions } from "@/components/changes/steering/pause-and-cancel";
import { UndoAndRetry } from "@/components/changes/steering/undo-and-retry";
import { wasApplied } from "@/components/changes/steering/undo-facts";
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
import { RefusalNextStep } from "@/components/ui/refusal-next-step";
import { changeStandingWords } from "@/components/words/change-words";
import { WordStatus } from "@/components/words/word-status";
import { formatChangeNumber } from "@/lib/change-number";

/**
 * A change is a plan or is being applied. The page ships the code of one and fetches the other when the state changes.
 */
const PlanView = dynamic(() => import("@/components/changes/plan/plan-view").then((view) => view.PlanView));
const ProgressView = dynamic(() =>
  import("@/components/changes/progress/progress-view").then((view) => view.ProgressView),
);

type ChangeScreenProps = { initial: ChangeView; viewer: Viewer; shortHash: string; notes: TenantNotes };

/** One page for a change's whole life: the plan, then the progress. The left column never moves. */
export function ChangeScreen({ initial, viewer, shortHash, notes }: ChangeScreenProps) {
  const { change, problem, refetch } = useLiveChange(initial);
  const actions = usePlanActions(change, refetch);
  const nowMs = useNow();
  const isExpired = nowMs !== null && change.state === "ready" && Date.parse(change.expiresAt) <= nowMs;
  const isPlan = !wasApplied(change);
  const word = changeStandingWords[isExpired ? "expired" : change.standing];
  return (
    <>
      <PageHeader
        id={formatChangeNumber(change.number)}
        title={change.title}
        status={<WordStatus word={word} />}
        actions={
          viewer.canApply ? (
            <Actions change={change} actions={actions} refetch={refetch} isExpired={isExpired} />
          ) : null
        }
      />
      <PageBody>
        <Columns at="left" side={<ChangeSide change={change} shortHash={shortHash} />}>
          <KeepFocus
            of={change.standing === "paused" ? "paused" : change.state}
            label={isPlan ? "Plan" : "Progress"}
            className="flex flex-col gap-4"
          >
            <ScheduleNotice change={change} viewer={viewer} refetch={refetch} />
            <Messages
              change={change}
              problem={problem}
              actions={actions}
              viewer={viewer}
              isExpired={isExpired}
            />
            {change.counts.held > 0 && !isExpired ? (
              <div id={change.counts.planned === 0 ? nothingToApplyId : undefined}>
                <HeldNotice change={change} viewer={viewer} refetch={refetch} onRefused={actions.refuse} />
              </div>
            ) : null}
            <Suspense>
              {isPlan ? (
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
  actions: PlanActionStates;
  refetch: () => Promise<unknown>;
  isExpired: boolean;
};

/** The actions that the change's state allows. */
function Actions({ change, actions, refetch, isExpired }: ActionsProps) {
  if (change.state === "ready" || change.state === "scheduled") {
    return (
      <>
        {isExpired ? null : <ScheduleDialog change={change} refetch={refetch} />}
        <PlanActions change={change} actions={actions} isExpired={isExpired} />
      </>
    );
  }
  if (change.state === "applying") return <SteeringActions change={change} refetch={refetch} />;
  return <UndoAndRetry change={change} />;
}

type MessagesProps = {
  change: ChangeView;
  problem: string | null;
  actions: PlanActionStates;
  viewer: Viewer;
  isExpired: boolean;
};

/** What blocks the action: a refusal, an expired plan, a page that is out of date. */
function Messages({ change, problem, actions, viewer, isExpired }: MessagesProps) {
  const isReady = change.state === "ready" || change.state === "scheduled";
  const nothing = isReady && !isExpired ? whyNothingToApply(change) : null;
  const planAgain = viewer.canApply ? (
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
          The directories may have changed, so it can no longer be applied. Nothing was sent. Plan it again to compare the same request with what the tenants hold now.
        </Notice>
      ) : null}
      {change.state === "cancelled" && !wasApplied(change) ? <Ended title="This plan was discarded" /> : null}
      {change.state === "expired" ? (
        <Ended
          title="This plan was replaced by a newer one or has expired"
          action={change.children.length === 0 ? planAgain : null}
        />
      ) : null}
      {nothing && change.counts.held === 0 ? (
        <div id={nothingToApplyId}>
          <Notice kind="info" title="Nothing to apply" action={planAgain}>
            {nothing}
          </Notice>
        </div>
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
