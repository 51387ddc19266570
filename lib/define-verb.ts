import type { RefusalWords } from "@/lib/errors";

/** Why something may not be done: the cause, and the next step. Whole sentences. */
export type Why = Pick<RefusalWords, "cause" | "next" | "code">;

/**
 * One row of a table of what may be done in which state: whether a verb is allowed now. The same row makes the server
 * refuse and disables the button, so that the two always agree.
 */
export type Verb<State extends string, Facts extends { state: State }> = {
  (facts: Facts): boolean;
  /** The states in which it is allowed, unless another condition refuses it. */
  states: readonly State[];
  /** The states in which it is already done: a repeat changes nothing and is no error. */
  isDone: (facts: { state: State }) => boolean;
  /** Why it is refused; null when it is allowed or already done. */
  whyNot: (facts: Facts) => RefusalWords | null;
  /** Why a state refuses it, whatever else holds; null for a state that allows it, or in which it is done already. */
  whyNotIn: (state: State) => RefusalWords | null;
};

type Row<State extends string, Facts> = {
  states: readonly State[];
  done?: readonly State[];
  /** A further condition in one of `states`: why it is refused, or null. */
  unless?: (facts: Facts) => Why | null;
  /** Why it is refused in any other state. */
  otherwise: (state: State) => Why;
  /** What did not happen: "Nothing was paused." */
  effect: string;
};

/** Builds a row of such a table. */
export function defineVerb<State extends string, Facts extends { state: State } = { state: State }>({
  states,
  done = [],
  unless,
  otherwise,
  effect,
}: Row<State, Facts>): Verb<State, Facts> {
  const isDone = ({ state }: { state: State }) => done.includes(state);
  function whyNotIn(state: State): RefusalWords | null {
    return isDone({ state }) || states.includes(state) ? null : { ...otherwise(state), effect };
  }
  function whyNot(facts: Facts): RefusalWords | null {
    if (!states.includes(facts.state)) return whyNotIn(facts.state);
    const why = unless?.(facts) ?? null;
    return why && { ...why, effect };
  }
  const may = (facts: Facts) => !isDone(facts) && whyNot(facts) === null;
  return Object.assign(may, { states, isDone, whyNot, whyNotIn });
}
