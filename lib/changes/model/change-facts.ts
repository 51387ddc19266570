import type { IntentKind } from "@/lib/changes/model/intent";
import { formatChangeNumber } from "@/lib/change-number";
import { openChangeStates } from "@/lib/states";
import { type ChangeState, countStates, type OperationCounts } from "@/lib/changes/model/states";

/**
 * A change's state, with four more that its column does not have: paused, discarded before it was applied, unplanned
 * (a worker could not make its plan), and submitted (a worker applies it, or approves what is held of it).
 */
export type ChangeStage = ChangeState | "paused" | "discarded" | "unplanned" | "submitted";

export const changeStages = [
  "planning",
  "unplanned",
  "ready",
  "submitted",
  "scheduled",
  "applying",
  "paused",
  "done",
  "failed",
  "cancelled",
  "discarded",
  "expired",
] as const satisfies readonly ChangeStage[];

/** The facts besides the state that decide what may be done. */
export type ChangeFacts = {
  state: ChangeStage;
  /** Past its expiry: an unapplied plan, or the held lines of an applied one. */
  isLate: boolean;
  counts: OperationCounts;
  /** Failed operations that nothing has repaired. */
  unrepaired: number;
  /** An import changes the roster even when all its people already match the directory. */
  changesRoster: boolean;
  /** The plan refused every tenant. */
  isRefused: boolean;
  /** The number of an open change that was made from this one. */
  open: { retry: string | null; undo: string | null; plan: string | null };
};

type Moment = Date | string;

type TaskFacts = { kind: "plan" | "apply" | "approve"; refusal: string | null };

/** A change as the server locks it, or as a page holds it. */
export type FactsInput = {
  kind: IntentKind;
  state: ChangeState;
  pausedAt: Moment | null;
  appliedAt: Moment | null;
  expiresAt: Moment;
  unrepaired: number;
  /** What a worker was asked to do with it. */
  task?: TaskFacts | null;
  runs: readonly { reason: string | null; counts: OperationCounts }[];
  children: readonly { kind: IntentKind; number: number; state: ChangeState }[];
};

/** @param now null while the time is unknown, as in a page before its script runs: then nothing is late. */
export function toChangeFacts(change: FactsInput, now: Date | null): ChangeFacts {
  const { kind, runs, children, expiresAt, unrepaired } = change;
  const open = children.filter(({ state }) => openChangeStates.some((each) => each === state));
  const numberOf = (isMeant: (kind: IntentKind) => boolean) => {
    const found = open.find((child) => isMeant(child.kind));
    return found ? formatChangeNumber(found.number) : null;
  };
  const all = runs.flatMap(({ counts }) =>
    Object.entries(counts).map(([state, count]) => ({ state, count })),
  );
  return {
    state: stageOf(change),
    isLate: now !== null && new Date(expiresAt) <= now,
    counts: countStates(all),
    unrepaired,
    changesRoster: kind === "import" && runs.some(({ reason }) => reason === null),
    isRefused: runs.every(({ reason }) => reason !== null),
    open: {
      retry: numberOf((each) => each === "retry"),
      undo: numberOf((each) => each === "undo"),
      plan: numberOf((each) => each !== "retry" && each !== "undo"),
    },
  };
}

export function stageOf({
  state,
  pausedAt,
  appliedAt,
  task = null,
}: Pick<FactsInput, "state" | "pausedAt" | "appliedAt" | "task">): ChangeStage {
  if (state === "planning") return task?.refusal ? "unplanned" : "planning";
  if (task?.refusal === null) return "submitted";
  if (state === "applying" && pausedAt !== null) return "paused";
  return state === "cancelled" && appliedAt === null ? "discarded" : state;
}
