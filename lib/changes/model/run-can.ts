import { defineVerb, type Why } from "@/lib/define-verb";
import { unfinishedRunStates } from "@/lib/states";
import { operationCan } from "@/lib/changes/model/operation-can";
import type { OperationCounts, RunState } from "@/lib/changes/model/states";

/** All states of a run, in the order of its life. */
export const runStates = [
  "planned",
  "queued",
  "paused",
  "running",
  "done",
  "failed",
  "cancelled",
] as const satisfies readonly RunState[];

const unfinished: readonly RunState[] = unfinishedRunStates;

const nothingLeft: Why = {
  cause: "This change has nothing left to send to this tenant.",
  next: "Undo what was done with a new change.",
};

type RunFacts = { state: RunState; counts: OperationCounts };

/** What may be done with a change's share in one tenant. */
export const runCan = {
  /** An ended run may still have held lines, which can be cancelled. */
  cancel: defineVerb<RunState, RunFacts>({
    states: runStates,
    unless: ({ state, counts }) =>
      unfinished.includes(state) || operationCan.cancel.states.some((each) => counts[each] > 0)
        ? null
        : nothingLeft,
    otherwise: () => nothingLeft,
    effect: "Nothing was cancelled.",
  }),
};
