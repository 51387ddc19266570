"use client";

import { silentMessage } from "@/components/changes/model/silent-message";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import type { PlanActionStates } from "@/components/changes/plan/plan-actions";
import { toTaskStep, toTaskText, toTaskTitle } from "@/components/changes/plan/task-words";
import { ActionButton } from "@/components/ui/actions/action-button";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { withdrawApplyAction } from "@/lib/changes/actions";
import { changeCan } from "@/lib/changes/model/change-can";
import type { ChangeFacts } from "@/lib/changes/model/change-facts";

type TaskNoticeProps = {
  change: ChangeView;
  facts: ChangeFacts;
  actions: PlanActionStates;
  viewer: Viewer;
  refetch: () => Promise<unknown>;
};

/** What a worker does with a large change and how far it is, with Cancel; or why the worker could not do it. */
export function TaskNotice({ change, facts, actions, viewer, refetch }: TaskNoticeProps) {
  const { task } = change;
  if (!task) return null;
  if (task.refusal !== null) {
    // A plan that could not be made has Plan again in the header.
    const canReplan = viewer.canApply && facts.state !== "unplanned" && changeCan.replan(facts);
    const planAgain = (
      <Button onPress={actions.replan} isPending={actions.pending === "replan"}>
        Plan again
      </Button>
    );
    return (
      <Notice kind="failed" title={toTaskTitle(task)} action={canReplan ? planAgain : null} isAlert>
        {task.refusal}
      </Notice>
    );
  }
  return (
    <Notice
      kind="info"
      title={toTaskTitle(task)}
      action={viewer.canApply ? <CancelTask {...{ change, facts, actions, refetch }} /> : null}
    >
      <p className="tabular-nums">{toTaskStep(task)}</p>
      <p>{toTaskText(task)}</p>
    </Notice>
  );
}

/** Cancelling a plan that is being made discards it; one that is being applied stays as it was. */
function CancelTask({ change, facts, actions, refetch }: Omit<TaskNoticeProps, "viewer">) {
  if (changeCan.withdraw(facts)) {
    return (
      <ActionButton
        action={withdrawApplyAction}
        input={{ changeId: change.id }}
        label="Cancel"
        onSettled={refetch}
        silentMessage={silentMessage}
      />
    );
  }
  return (
    <Button onPress={actions.discard} isPending={actions.pending === "discard"}>
      Cancel
    </Button>
  );
}
