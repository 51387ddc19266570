import { defineVerb, type Why } from "@/lib/define-verb";
import type { ImportState } from "@/lib/imports/types";
import { openChangeStates } from "@/lib/states";

/** All states of an import, in the order of its life. */
export const importStates = [
  "reading",
  "read",
  "checked",
  "failed",
  "discarded",
  "finished",
  "expired",
] as const satisfies readonly ImportState[];

/** `openChange` is the number of the change planned from it that has not ended. */
type ImportFacts = { state: ImportState; openChange: number | null };

/** Applying makes the plan again from the rows, so the rows must not change until then. */
const keptForPlan = ({ openChange }: ImportFacts): Why | null =>
  openChange === null
    ? null
    : {
        cause: `CHG-${openChange} was planned from this import and is not finished.`,
        next: "Discard that change first, or upload the file again.",
      };

const withoutRows = (state: ImportState): Why => ({
  cause:
    state === "reading"
      ? "This import is still being read."
      : `This import ${over(state)}, so it has no rows.`,
  next: state === "reading" ? "Wait until it is read." : "Upload the file again.",
});

function over(state: ImportState): string {
  if (state === "failed") return "failed";
  if (state === "finished") return "is finished";
  return state === "expired" ? "has expired" : "was discarded";
}

/** What may be done with an import in which state. */
export const importCan = {
  /** Map the columns, and judge every row. */
  check: defineVerb<ImportState, ImportFacts>({
    states: ["read", "checked"],
    unless: keptForPlan,
    otherwise: withoutRows,
    effect: "Nothing was changed.",
  }),
  /** Plan a change from its rows, in the tenants that the plan names. */
  plan: defineVerb<ImportState, ImportFacts>({
    states: ["checked"],
    unless: keptForPlan,
    otherwise: (state) =>
      state === "read"
        ? { cause: "This import is not checked yet.", next: "Say what its columns mean, and check it." }
        : withoutRows(state),
    effect: "Nothing was planned.",
  }),
  discard: defineVerb<ImportState, ImportFacts>({
    states: ["reading", "read", "checked"],
    done: ["discarded"],
    unless: keptForPlan,
    otherwise: withoutRows,
    effect: "Nothing was changed.",
  }),
};

/** The number of a change that has not ended, for the facts above. */
export function toOpenChange(change: { number: number; state: string } | null): number | null {
  return change && openChangeStates.some((state) => state === change.state) ? change.number : null;
}
