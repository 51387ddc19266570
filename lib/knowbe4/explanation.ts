import type { Cure } from "@/lib/knowbe4/cure";

/** An error, explained to people. */
export type Explanation = {
  /** A short heading. */
  title: string;
  /** Why it happened, and its effect. */
  cause: string;
  /** The next step. */
  remedy: string;
  /** What ends it, for code that links to the cure. */
  curedBy: Cure;
  /** The next step for an operation that failed for good, where `remedy` speaks of one that waits. */
  whenFinal?: string;
};

/** One row of the catalogue. */
export function explain(title: string, cause: string, remedy: string, curedBy: Cure): Explanation {
  return { title, cause, remedy, curedBy };
}

/** A trouble that passes: what to do differs once an operation has failed of it. */
export function explainPassing(
  title: string,
  cause: string,
  { waiting, final }: { waiting: string; final: string },
): Explanation {
  return { title, cause, remedy: waiting, curedBy: "wait", whenFinal: final };
}
