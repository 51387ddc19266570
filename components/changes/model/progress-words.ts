import type { ChangeView, RunView } from "@/components/changes/model/wire";
import { countOf, listOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { OperationCounts } from "@/lib/changes/model/states";

/** Operations on the ladder: refused and cancelled ones are not counted. */
export function countOnLadder(counts: OperationCounts): number {
  return Object.values(toLadderCounts(counts)).reduce((sum, count) => sum + count, 0);
}

/** How far a change is: the emphasized part and the rest of the sentence. */
export function toProgressSentence(change: ChangeView): { loud: string; rest: string } {
  const { counts, standing } = change;
  const total = countOnLadder(counts);
  const confirmed = of(counts.confirmed, total, "confirmed");
  switch (standing) {
    case "applying":
    case "paused":
      return {
        loud: of(counts.accepted + counts.confirmed, total, "accepted"),
        rest: inTenants(change.runs, countOnLadder),
      };
    case "waiting":
      return {
        loud: confirmed,
        rest: `${counts.accepted} awaiting confirmation ${inTenants(change.runs, (c) => c.accepted)}`,
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
 * What screen readers announce while a change is applied. It changes with the first operation and at each quarter, so
 * that they hear a few sentences of a run of a thousand operations and not a thousand. What stands still has its number.
 */
export function toAnnouncement(change: ChangeView): string {
  const { counts, standing } = change;
  const total = countOnLadder(counts);
  const accepted = counts.accepted + counts.confirmed;
  const failed = counts.failed > 0 ? "; some failed" : "";
  if (standing === "paused") return `Paused: ${of(accepted, total, "accepted")}${failed}`;
  if (standing === "applying") return `Applying: ${toQuarters(accepted, total)} accepted${failed}`;
  if (standing === "waiting")
    return `Everything is accepted: ${toQuarters(counts.confirmed, total)} confirmed`;
  if (standing === "failed")
    return `${of(counts.failed, total, "failed")} ${inTenants(change.runs, (c) => c.failed)}`;
  const { loud, rest } = toProgressSentence(change);
  return `${loud} ${rest}`;
}

/** "at least half of 30 operations": true until the next quarter. */
function toQuarters(count: number, total: number): string {
  const operations = countOf(total, "operation", "operations");
  if (count === 0) return `none of ${operations}`;
  const words = ["fewer than a quarter", "at least a quarter", "at least half", "at least three quarters"];
  return `${words[Math.floor((4 * count) / total)] ?? "all"} of ${operations}`;
}

export function toReasonTitle(reason: string | null): string {
  return getCatalogueEntry(toCatalogueCode(reason ?? "unexpected")).title;
}

/** What happened to the others where some failed. */
function others({ confirmed, accepted, held }: OperationCounts): string {
  const parts = [
    confirmed > 0 ? `${confirmed.toLocaleString("en-GB")} confirmed` : null,
    accepted > 0 ? `${accepted.toLocaleString("en-GB")} awaiting confirmation` : null,
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
