import { countOnLadder, toReasonTitle } from "@/components/changes/model/progress-words";
import type { Stall } from "@/components/changes/model/tenant-note";
import type { RunView } from "@/components/changes/model/wire";
import { countOf } from "@/components/words/count-words";
import { operationKindWords } from "@/components/words/operation-words";
import { toRunWord } from "@/components/words/run-words";
import type { Word } from "@/components/words/word";

/** A tenant's state in an applied change. A line that was never sent is no longer called "planned". */
export function toTenantRowWord(run: RunView, stall: Stall | null): Word {
  if (stall && isOpen(run)) return stall.word;
  if (run.state !== "planned") return toRunWord(run);
  if (run.counts.held > 0) return { kind: "held", word: "Held" };
  return { kind: "neutral", word: "Nothing sent", icon: "circle-slash" };
}

/** The latest news of a tenant: text, and its time. */
export type LastWord = {
  text: string;
  at?: string | null;
  /** The label of that time if it is in the future: "next attempt". */
  due?: string;
};

export function toLastWord(run: RunView, stall: Stall | null): LastWord {
  if (countOnLadder(run.counts) === 0) return { text: whyNothing(run) };
  const failed = run.operations.find(({ state }) => state === "failed");
  if (failed) return { text: `${failed.label}: ${toReasonTitle(failed.reason)}` };
  if (run.state === "paused") return { text: "Waiting until somebody resumes the change" };
  return isOpen(run) ? toOpenWord(run, stall) : toEndedWord(run);
}

/** The run still has operations to send. */
function toOpenWord(run: RunView, stall: Stall | null): LastWord {
  if (stall?.needsPerson) return { text: stall.title };
  if (stall) return { text: `${stall.title},`, at: run.nextAt, due: "next attempt" };
  const lost = run.operations.find(({ state }) => state === "unknown");
  if (lost) return { text: `${toReasonTitle(lost.reason)},`, at: lost.nextAt, due: "next attempt" };
  const sent = run.operations.find(({ state }) => state === "sent");
  if (!sent) return { text: run.state === "queued" ? "Waiting in the queue" : "" };
  const { verb } = operationKindWords[sent.kind];
  return { text: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${sent.label}`, at: sent.sentAt };
}

/** Everything is sent; some of it may not be confirmed yet. */
function toEndedWord({ operations, counts, reason, testMode }: RunView): LastWord {
  const looks = operations.flatMap(({ state, confirmAt }) =>
    state === "accepted" && confirmAt ? [confirmAt] : [],
  );
  const why = testMode ? "KnowBe4 changes nothing while Test Mode is on" : "Awaiting confirmation";
  if (looks.length > 0) return { text: `${why},`, at: looks.sort()[0], due: "next check" };
  if (counts.held > 0) {
    return {
      text: `${countOf(counts.held, "archive waits", "archives wait")} for another operator's approval`,
    };
  }
  const seen = operations.flatMap(({ confirmedAt }) => confirmedAt ?? []).sort();
  if (seen.length > 0) return { text: "Confirmed by reading it back", at: seen.at(-1) };
  return { text: reason ? toReasonTitle(reason) : "" };
}

function isOpen({ state }: RunView): boolean {
  return state === "queued" || state === "running";
}

function whyNothing({ reason, counts }: RunView): string {
  if (reason) return toReasonTitle(reason);
  return counts.skipped > 0 ? "Every line was skipped" : "Already up to date";
}
