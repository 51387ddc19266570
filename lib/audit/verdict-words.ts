import type { Verdict } from "@/lib/audit/log/verdict";
import type { Seal } from "@/lib/audit/log/chain";

/**
 * The verdict as one line for people.
 * @param since the seal at which the reading started; null: the log's start.
 */
export function toVerdictWords(verdict: Verdict, since: Seal | null): string {
  if (!verdict.ok)
    return `The log is broken. First broken item: ${verdict.broken.message} Keep the database as it is, and find out who had access to it.`;
  const { events, links, seals, waiting } = verdict.tally;
  const counts = [count(events, "event"), count(links, "link"), count(seals, "seal")].join(", ");
  const part = since ? ` since seal ${since.number} of ${since.at}` : "";
  const waits =
    waiting === 1 ? "1 event waits for its seal" : `${count(waiting, "event")} wait for their seal`;
  if (!verdict.sealedTo && !since) return `${counts}: nothing is sealed yet; ${waits}.`;
  const to = verdict.sealedTo
    ? `sealed up to event ${verdict.sealedTo.eventId} at ${verdict.sealedTo.at}`
    : "nothing sealed";
  return `${counts}${part}: the log is whole, ${to}; ${waits}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
