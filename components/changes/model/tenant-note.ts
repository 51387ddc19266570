import { toCatalogueCode } from "@/components/words/error-words";
import type { RunView } from "@/components/changes/model/wire";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { TenantSummary } from "@/lib/tenants/types";

/** What a change's page knows of a tenant beside its run; as old as the page, so it explains and decides nothing. */
export type TenantNote = Pick<TenantSummary, "state" | "testMode">;

export type TenantNotes = Readonly<Record<string, TenantNote>>;

/** Why a run stands still, with the way out. */
export type Stall = { word: Word; title: string; text: string; needsPerson: boolean };

/** @returns null when the run does not stand still. */
export function toStall(run: Pick<RunView, "state" | "reason">, note: TenantNote | undefined): Stall | null {
  const isOpen = run.state === "queued" || run.state === "running";
  if (isOpen && note?.state === "paused") {
    return {
      word: { kind: "held", word: "Paused", icon: "pause" },
      title: "The tenant is paused",
      text: "What is left waits, and nothing of it is lost. Resume the tenant on its page and it goes on by itself.",
      needsPerson: true,
    };
  }
  if (run.reason === null) return null;
  const { title, cause, remedy } = getCatalogueEntry(toCatalogueCode(run.reason));
  const needsPerson = isOpen && (note?.state === "quarantined" || endsByHand(run.reason));
  const word: Word = needsPerson
    ? { kind: "failed", word: "Stopped" }
    : { kind: "queued", word: "Waiting", icon: "hourglass" };
  return { word, title, text: `${cause} ${remedy}`, needsPerson };
}

/** Whether nothing is tried again before somebody has done something about it: what quarantines a tenant. */
export function endsByHand(reason: string): boolean {
  return quarantineReasons.has(reason);
}

const quarantineReasons: ReadonlySet<string> = new Set([
  "token-rejected",
  "no-token",
  "seal-broken",
  "tls",
  "redirect",
  "egress-refused",
]);

/**
 * What a form says beside a tenant that can be chosen though nothing is sent to it now: what is planned there waits.
 * @returns null when it goes out at once.
 */
export function toWaitingNote({ state, reason }: Pick<TenantSummary, "state" | "reason">): string | null {
  if (state === "paused") return "Paused: what is planned here waits until somebody resumes it.";
  if (state !== "quarantined") return null;
  const { title } = getCatalogueEntry(reason ?? "unexpected");
  return `Quarantined: ${title.charAt(0).toLowerCase()}${title.slice(1)}. What is planned here waits until it is mended.`;
}
