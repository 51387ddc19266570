import { defineVerb, type Why } from "@/lib/define-verb";
import type { OperationState } from "@/lib/changes/model/states";

type OperationFacts = { state: OperationState; reason: string | null };

const settled: Why = {
  cause: "This operation was sent, or has ended.",
  next: "Undo what was done with a new change.",
};

/** What may be done with one operation, always as part of its change. */
export const operationCan = {
  /** A sent operation cannot be recalled; the engine follows it until it is settled. */
  cancel: defineVerb<OperationState>({
    states: ["planned", "held", "queued"],
    done: ["cancelled"],
    otherwise: () => settled,
    effect: "It was not cancelled.",
  }),
  approve: defineVerb<OperationState>({
    states: ["held"],
    otherwise: () => ({ cause: "No rail holds this operation.", next: "There is nothing to approve." }),
    effect: "Nothing was sent.",
  }),
  /** Operations that failed, or were skipped because another failed. */
  retry: defineVerb<OperationState, OperationFacts>({
    states: ["failed", "skipped"],
    unless: ({ state, reason }) =>
      state === "failed" || reason === "dependency-failed"
        ? null
        : { cause: "The plan refused this operation.", next: "Remove the cause, then start a new change." },
    otherwise: () => ({ cause: "This operation did not fail.", next: "There is nothing to retry." }),
    effect: "Nothing was planned.",
  }),
  /** Only confirmed operations: the inverse is planned against what the tenant shows. */
  undo: defineVerb<OperationState>({
    states: ["confirmed"],
    otherwise: (state) =>
      state === "accepted"
        ? { cause: "This operation is not confirmed yet.", next: "Wait until it is." }
        : { cause: "This operation was not done.", next: "There is nothing to undo." },
    effect: "Nothing was planned.",
  }),
};
