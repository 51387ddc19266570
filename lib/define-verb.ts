import type { RefusalWords } from "@/lib/errors";

/** Why something may not be done: what is the case, and what to do instead. Whole sentences. */
export type Why = Pick<RefusalWords, "cause" | "next" | "code">;

/**
 * One row of a table of what may be done in which state: called, it says whether it may be done now. The server refuses
 * and a button is off by the same row, so neither promises what the other does not keep.
 */
export type Verb<State extends string, Facts extends { state: State }> = {
  (facts: Facts): boolean;
  /** The states in which it may be done, as far as nothing else stands against it. */
  states: readonly State[];
  /** Whether it is done already: asked for again it changes nothing, and is no error. */
  isDone: (facts: { state: State }) => boolean;
  /** Why it may not be done; null when it may be, or is done already. */
  whyNot: (facts: Facts) => RefusalWords | null;
};

type Row<State extends string, Facts> = {
  states: readonly State[];
  done?: readonly State[];
  /** What else must be the case in one of `states`; null when it is. */
  unless?: (facts: Facts) => Why | null;
  /** Why not in any other state. */
  otherwise: (state: State) => Why;
  /** What did not happen: "Nothing was paused." */
  effect: string;
};

/** Makes a row of such a table. */
export function defineVerb<State extends string, Facts extends { state: State } = { state: State }>({
  states,
  done = [],
  unless,
  otherwise,
  effect,
}: Row<State, Facts>): Verb<State, Facts> {
  const isDone = ({ state }: { state: State }) => done.includes(state);
  function whyNot(facts: Facts): RefusalWords | null {
    if (isDone(facts)) return null;
    const why = states.includes(facts.state) ? (unless?.(facts) ?? null) : otherwise(facts.state);
    return why && { ...why, effect };
  }
  const may = (facts: Facts) => !isDone(facts) && whyNot(facts) === null;
  return Object.assign(may, { states, isDone, whyNot });
}
