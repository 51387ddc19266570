import { CircleSlash, Hourglass } from "lucide-react";
import type { Stall } from "@/components/changes/tenant-note";
import type { ChangeView, OperationView, RunView } from "@/components/changes/wire";
import { countOf, listOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { operationKindWords } from "@/components/words/operation-words";
import { toRunWord } from "@/components/words/run-words";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { OperationCounts } from "@/lib/provisioning/progress";

/** The operations that stand on the ladder; what was refused or cancelled is not among them. */
export function countOnLadder(counts: OperationCounts): number {
  return Object.values(toLadderCounts(counts)).reduce((sum, count) => sum + count, 0);
}

/** How far a change is: the part that is said loud, and the rest of the sentence. */
export function toProgressSentence(change: ChangeView): { loud: string; rest: string } {
  const { counts, standing } = change;
  const total = countOnLadder(counts);
  const confirmed = of(counts.confirmed, total, "confirmed");
  switch (standing) {
    case "applying":
      return {
        loud: of(counts.accepted + counts.confirmed, total, "accepted"),
        rest: inTenants(change.runs, countOnLadder),
      };
    case "waiting":
      return {
        loud: confirmed,
        rest: `${counts.accepted} accepted and not seen yet ${inTenants(change.runs, (c) => c.accepted)}`,
      };
    case "failed":
      return {
        loud: of(counts.failed, total, "failed"),
        rest: `${inTenants(change.runs, (c) => c.failed)}${others(counts)}`,
      };
    case "held":
      return { loud: confirmed, rest: `${counts.held} held ${inTenants(change.runs, (c) => c.held)}` };
    default:
      return { loud: confirmed, rest: inTenants(change.runs, countOnLadder) };
  }
}

/**
 * What is read out while a change moves. It stays the same between quarters, so that a screen reader hears five
 * sentences of a run of a thousand operations and not a thousand.
 */
export function toAnnouncement(change: ChangeView): string {
  const total = countOnLadder(change.counts);
  if (change.standing !== "applying") {
    const { loud, rest } = toProgressSentence(change);
    return `${loud} ${rest}`;
  }
  const quarters =
    total === 0 ? 0 : Math.floor((4 * (change.counts.accepted + change.counts.confirmed)) / total);
  const failed = change.counts.failed > 0 ? "; some failed" : "";
  return `Applying: ${["begun", "a quarter", "half", "three quarters", "all"][quarters]}${quarters > 0 ? " accepted" : ""}${failed}`;
}

/** The one word of a tenant in a change that was applied; what was never sent is not "planned" any more. */
export function toLaneWord(run: RunView, stall: Stall | null): Word {
  if (stall && (run.state === "queued" || run.state === "running"))
    return { kind: "held", word: stall.word, Icon: Hourglass };
  if (run.state !== "planned") return toRunWord(run);
  if (run.counts.held > 0) return { kind: "held", word: "Held" };
  return { kind: "neutral", word: "Nothing sent", Icon: CircleSlash };
}

/** What there is to say about a tenant's run last: words, and a time that belongs to them. */
export type LastWord = {
  text: string;
  at: string | null /** What `at` says is still to come. */;
  due?: string;
};

export function toLastWord(run: RunView, stall: Stall | null): LastWord {
  const failed = run.operations.find(({ state }) => state === "failed");
  if (countOnLadder(run.counts) === 0) return { text: whyNothing(run), at: null };
  if (failed) return { text: `${failed.label}: ${toReasonTitle(failed.reason)}`, at: null };
  if (stall && run.reason && run.state === "queued")
    return { text: `${stall.title},`, at: run.nextAt, due: "next try" };
  if (stall && (run.state === "queued" || run.state === "running")) return { text: stall.title, at: null };
  const lost = run.operations.find(({ state }) => state === "unknown");
  if (lost) return { text: `${toReasonTitle(lost.reason)},`, at: lost.nextAt, due: "next try" };
  const moving = run.operations.find(({ state }) => state === "sent");
  if (moving)
    return { text: `${capitalize(operationKindWords[moving.kind].verb)} ${moving.label}`, at: moving.sentAt };
  const waiting = earliest(run.operations, "accepted", "confirmAt");
  if (waiting && run.state !== "queued" && run.state !== "running")
    return { text: "Not seen yet,", at: waiting, due: "next look" };
  if (run.counts.held > 0)
    return {
      text: `${countOf(run.counts.held, "archive waits", "archives wait")} for another operator`,
      at: null,
    };
  const seen = latest(run.operations, "confirmedAt");
  if (seen && run.state !== "queued" && run.state !== "running")
    return { text: "Seen when read back", at: seen };
  if (run.reason) return { text: toReasonTitle(run.reason), at: null };
  return run.state === "queued" ? { text: "Waits for a worker", at: null } : { text: "", at: null };
}

function whyNothing({ reason, counts }: RunView): string {
  if (reason) return toReasonTitle(reason);
  return counts.skipped > 0 ? "Every line was refused" : "It held already what was asked for";
}

export function toReasonTitle(reason: string | null): string {
  return getCatalogueEntry(toCatalogueCode(reason ?? "unexpected")).title;
}

/** What became of the rest, where some failed. */
function others({ confirmed, accepted, held }: OperationCounts): string {
  const parts = [
    confirmed > 0 ? `${confirmed.toLocaleString("en-GB")} confirmed` : null,
    accepted > 0 ? `${accepted.toLocaleString("en-GB")} accepted and not seen yet` : null,
    held > 0 ? `${held.toLocaleString("en-GB")} held` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `; ${parts.join(", ")}` : "";
}

function of(count: number, total: number, word: string): string {
  return `${count.toLocaleString("en-GB")} of ${countOf(total, "operation", "operations")} ${word}`;
}

function inTenants(runs: readonly RunView[], count: (counts: OperationCounts) => number): string {
  const names = runs.filter((run) => count(run.counts) > 0).map(({ tenantName }) => tenantName);
  return names.length === 1 ? `in ${listOf(names)}` : `in ${names.length} tenants`;
}

function earliest(operations: readonly OperationView[], state: string, field: "confirmAt"): string | null {
  return (
    operations
      .flatMap((operation) => (operation.state === state ? (operation[field] ?? []) : []))
      .sort()[0] ?? null
  );
}

function latest(operations: readonly OperationView[], field: "confirmedAt"): string | null {
  return (
    operations
      .flatMap((operation) => operation[field] ?? [])
      .sort()
      .at(-1) ?? null
  );
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
