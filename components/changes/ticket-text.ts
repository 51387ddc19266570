import { toProgressSentence, toReasonTitle } from "@/components/changes/model/progress-words";
import type { ChangeView, OperationView, RunView } from "@/components/changes/model/wire";
import { toUtcTime } from "@/components/ui/relative-time";
import { changeStandingWords } from "@/components/words/change-words";
import { operationKindWords, operationStateWords } from "@/components/words/operation-words";
import { formatChangeNumber } from "@/lib/change-number";

/** A ticket lists at most this many lines and counts the rest. */
const linesMax = 60;

/** A change as plain text for a ticket: what was requested, by whom, and the outcome of every line. */
export function toTicketText(change: ChangeView): string {
  const head = [
    `${formatChangeNumber(change.number)} ${change.title}`,
    `Reason: ${change.reason}`,
    ...(change.ticket ? [`Ticket: ${change.ticket}`] : []),
    `Requested by: ${change.requestedBy}, ${toUtcTime(new Date(change.requestedAt))}`,
    ...change.decisions.map(toDecisionText),
    `State: ${toStateText(change)}`,
  ];
  return [...head, ...change.runs.flatMap(toRunText)].join("\n");
}

function toDecisionText({ action, by, at, reason }: ChangeView["decisions"][number]): string {
  const word = action === "change.held_approved" ? "Approved" : "Rejected";
  return `${word} by: ${by}, ${toUtcTime(new Date(at))}${reason ? `: ${reason}` : ""}`;
}

const unsent: ReadonlySet<string> = new Set(["planning", "ready", "scheduled", "expired"]);

function toStateText(change: ChangeView): string {
  const word = changeStandingWords[change.standing].word;
  const isUnapplied =
    change.appliedAt === null && (change.state === "cancelled" || change.state === "planning");
  if (unsent.has(change.standing) || isUnapplied) {
    return `${word}. Nothing was sent.`;
  }
  const { loud, rest } = toProgressSentence(change);
  return `${word}. ${loud} ${rest}.`;
}

function toRunText(run: RunView): string[] {
  const shown = run.operations.slice(0, linesMax);
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  const rest = total > shown.length ? [`  and ${total - shown.length} more`] : [];
  const refusal = run.state === "planned" && run.reason ? `: ${toReasonTitle(run.reason)}` : "";
  return ["", `${run.tenantName}${refusal}`, ...shown.map(toLineText), ...rest];
}

function toLineText(operation: OperationView): string {
  const { glyph, verb } = operationKindWords[operation.kind];
  const about =
    operation.label === operation.target ? operation.label : `${operation.label} (${operation.target})`;
  return `  ${glyph} ${verb} ${about}: ${toOutcomeText(operation)}`;
}

function toOutcomeText({ state, confirmedAt, acceptedAt, reason }: OperationView): string {
  const word = operationStateWords[state].word.toLowerCase();
  if (state === "confirmed" && confirmedAt) return `${word} ${toUtcTime(new Date(confirmedAt))}`;
  if (state === "accepted" && acceptedAt)
    return `${word} ${toUtcTime(new Date(acceptedAt))}, awaiting confirmation`;
  return reason ? `${word}, ${toReasonTitle(reason)}` : word;
}
