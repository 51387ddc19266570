import { type Authorship, toAuthorWhy } from "@/lib/changes/model/authorship";
import { type ChangeFacts, type ChangeStage } from "@/lib/changes/model/change-facts";
import { defineVerb, type Why } from "@/lib/define-verb";

/** The facts about a change that one verb needs. */
type Facts<Key extends keyof ChangeFacts = "state"> = Pick<ChangeFacts, Key | "state">;

const stageWords: Record<ChangeStage, string> = {
  planning: "A worker is making this plan.",
  unplanned: "This plan could not be made.",
  ready: "This plan is not applied yet.",
  submitted: "A worker is applying this change.",
  scheduled: "This change is scheduled.",
  applying: "This change is being applied.",
  paused: "This change is paused.",
  done: "This change has ended.",
  failed: "This change has ended, and some of it failed.",
  cancelled: "This change was cancelled.",
  discarded: "This plan was discarded.",
  expired: "This plan expired, or was replaced by a newer one.",
};

/** While a worker is at work, or after it could not do its task, the next step is the same for every verb. */
const nextWithWorker: Partial<Record<ChangeStage, string>> = {
  planning: "Wait until the plan is ready, or discard it.",
  unplanned: "Plan it again, or discard it.",
  submitted: "Wait until the worker has ended, or cancel it there.",
};

const stateWords =
  (toNext: (state: ChangeStage) => string) =>
  (state: ChangeStage): Why => ({ cause: stageWords[state], next: nextWithWorker[state] ?? toNext(state) });

const seeState = stateWords(() => "Open it to see its state.");

const late: Why = { cause: "This plan is older than a day.", next: "Plan it again." };

/** A plan that ended before it was applied can be planned again; an applied change is over. */
const whyEnded = stateWords((state) => (state === "expired" ? "Plan it again." : "Start a new change."));

/** Why applying it would change nothing. */
function nothingToApply({
  counts,
  changesRoster,
  isRefused,
}: Facts<"counts" | "changesRoster" | "isRefused">): Why | null {
  if (counts.planned > 0 || changesRoster) return null;
  const nothing = "so there is nothing to apply now";
  if (counts.held > 0)
    return {
      cause: `Every line of this plan is held for another operator, ${nothing}.`,
      next: "Ask a colleague to open it and decide.",
    };
  if (counts.skipped > 0 || isRefused)
    return { cause: `Every line of this plan is refused, ${nothing}.`, next: "Each line says why." };
  return {
    cause: `The tenants already hold these values, ${nothing}.`,
    next: "Discard the plan, or plan it again later.",
  };
}

type PlanFacts = Facts<"isLate" | "counts" | "changesRoster" | "isRefused">;

const whyNotApplied = (facts: PlanFacts) => (facts.isLate ? late : nothingToApply(facts));

type HeldFacts = Facts<"isLate" | "counts"> & { authorship: Authorship };

function whyNothingHeld({ isLate, counts }: Facts<"isLate" | "counts">): Why | null {
  if (isLate) return late;
  return counts.held > 0
    ? null
    : { cause: "This change has no held lines.", next: "Open it to see its state." };
}

function whyNotAlone({ part, hasOther, alone }: Authorship): Why | null {
  if (part === null) return { cause: "You are no author of this change.", next: "Approve its held lines." };
  if (hasOther)
    return {
      cause: "An operator who is no author of it may act in one of its tenants.",
      next: "Ask a colleague, or plan each tenant on its own.",
    };
  if (alone === "none") return null;
  return alone === "stopped"
    ? { cause: "Another operator stopped an approval of it.", next: "Agree with them, then plan it again." }
    : { cause: "An approval alone was already asked for.", next: "Wait until its hour has passed." };
}

const whyNotApproved = (state: ChangeStage): Why =>
  state === "scheduled"
    ? {
        cause: "This change is scheduled, and it is planned again at that time.",
        next: "Unschedule it first, then approve the held lines.",
      }
    : whyEnded(state);

/** An applied change can be retried or undone; a discarded plan cannot. */
const ended = ["done", "failed", "cancelled"] as const;

const notEnded = stateWords((state) =>
  state === "applying" || state === "paused"
    ? "Wait until it ends, or cancel the rest of it."
    : "Nothing of it was sent.",
);

/**
 * What may be done with a change in which state. The same row makes the server refuse and disables the button.
 * lib/auth decides who may do it, and in which tenants.
 */
export const changeCan = {
  /** Applying an applied change again changes nothing. */
  apply: defineVerb<ChangeStage, PlanFacts>({
    states: ["ready", "scheduled"],
    done: ["submitted", "applying", "paused", "done", "failed"],
    unless: whyNotApplied,
    otherwise: whyEnded,
    effect: "Nothing was sent.",
  }),
  discard: defineVerb<ChangeStage>({
    states: ["planning", "unplanned", "ready", "scheduled"],
    done: ["discarded"],
    otherwise: stateWords((state) =>
      state === "expired" ? "There is nothing left to discard." : "Undo it with a new change.",
    ),
    effect: "It was not discarded.",
  }),
  /** Plan the same intent again; the old plan expires. */
  replan: defineVerb<ChangeStage, Facts<"open">>({
    states: ["unplanned", "ready", "scheduled", "expired"],
    unless: ({ open }) =>
      open.plan ? { cause: `${open.plan} is a newer plan of this change.`, next: "Continue there." } : null,
    otherwise: stateWords(() => "Start a new change."),
    effect: "Nothing was planned.",
  }),
  /** Take back that a worker applies it, or approves what is held of it. The change stays as it was. */
  withdraw: defineVerb<ChangeStage>({
    states: ["submitted"],
    otherwise: seeState,
    effect: "Nothing was taken back.",
  }),
  schedule: defineVerb<ChangeStage, PlanFacts>({
    states: ["ready", "scheduled"],
    unless: whyNotApplied,
    otherwise: seeState,
    effect: "Nothing was scheduled.",
  }),
  unschedule: defineVerb<ChangeStage>({
    states: ["scheduled"],
    done: ["ready"],
    otherwise: seeState,
    effect: "Its schedule was not changed.",
  }),
  /** Approve held lines. This applies a plan that was not applied yet as a whole. */
  approve: defineVerb<ChangeStage, HeldFacts>({
    states: ["ready", "applying", "paused", "done", "failed"],
    unless: ({ authorship, ...facts }) => {
      const { part, alone, hasOther } = authorship;
      if (part !== null && (hasOther || alone !== "due")) return toAuthorWhy({ ...authorship, part });
      return whyNothingHeld(facts);
    },
    otherwise: whyNotApproved,
    effect: "Nothing was sent.",
  }),
  /** Ask to approve held lines as their author, where nobody else may: it waits an hour, and anybody may stop it. */
  approveAlone: defineVerb<ChangeStage, HeldFacts>({
    states: ["ready", "applying", "paused", "done", "failed"],
    unless: ({ authorship, ...facts }) => whyNotAlone(authorship) ?? whyNothingHeld(facts),
    otherwise: whyNotApproved,
    effect: "Nothing was sent, and no approval waits.",
  }),
  /** Decide against held lines. Of a plan that was not applied yet, this ends the whole. */
  reject: defineVerb<ChangeStage, Facts<"counts">>({
    states: ["ready", "applying", "paused", "done", "failed"],
    unless: ({ counts }) =>
      counts.held > 0 ? null : { cause: "This change has no held lines.", next: "Open it to see its state." },
    otherwise: (state) =>
      state === "scheduled"
        ? {
            cause: "This change is scheduled, and it is planned again at that time.",
            next: "Unschedule it first, then reject the held lines.",
          }
        : seeState(state),
    effect: "Nothing was rejected.",
  }),
  pause: defineVerb<ChangeStage>({
    states: ["applying"],
    done: ["paused"],
    otherwise: seeState,
    effect: "Nothing was paused.",
  }),
  resume: defineVerb<ChangeStage>({
    states: ["paused"],
    done: ["applying"],
    otherwise: seeState,
    effect: "Nothing was resumed.",
  }),
  /** runCan decides in how many tenants something is left to cancel. */
  cancel: defineVerb<ChangeStage>({
    states: ["applying", "paused"],
    otherwise: seeState,
    effect: "Nothing was cancelled.",
  }),
  /** An operation that is not confirmed cannot be undone: the inverse is planned against what the tenant shows. */
  undo: defineVerb<ChangeStage, Facts<"counts" | "open">>({
    states: ended,
    unless: ({ counts, open }) => {
      if (open.undo) return { cause: `${open.undo} already undoes this change.`, next: "Continue there." };
      if (counts.confirmed > 0) return null;
      return counts.accepted > 0
        ? { cause: "No operation of this change is confirmed yet.", next: "Wait until one is." }
        : { cause: "No operation of this change was done.", next: "There is nothing to undo." };
    },
    otherwise: notEnded,
    effect: "Nothing was planned.",
  }),
  /** While an earlier retry is planned or under way, continue there; a second one is refused. */
  retry: defineVerb<ChangeStage, Facts<"counts" | "open" | "unrepaired">>({
    states: ended,
    unless: ({ counts, open, unrepaired }) => {
      if (open.retry) return { cause: `${open.retry} already retries this change.`, next: "Continue there." };
      if (unrepaired > 0) return null;
      const cause =
        counts.failed > 0
          ? "What failed in this change was done since, or another retry took it over."
          : "No operation of this change failed.";
      return { cause, next: "There is nothing to retry." };
    },
    otherwise: notEnded,
    effect: "Nothing was planned.",
  }),
};
