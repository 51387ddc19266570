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
};

/** One row of the catalogue. */
export function explain(title: string, cause: string, remedy: string, curedBy: Cure): Explanation {
  return { title, cause, remedy, curedBy };
}
