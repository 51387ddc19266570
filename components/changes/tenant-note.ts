import { toCatalogueCode } from "@/components/words/error-words";
import type { RunView } from "@/components/changes/wire";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { TenantSummary } from "@/lib/tenants/types";

/** What a change's page knows of a tenant beside its run; as old as the page, so it explains and decides nothing. */
export type TenantNote = Pick<TenantSummary, "state" | "testMode">;

export type TenantNotes = Readonly<Record<string, TenantNote>>;

/** Why a run stands still, with the way out; null when it does not. */
export type Stall = { word: string; title: string; text: string };

export function toStall(run: Pick<RunView, "state" | "reason">, note: TenantNote | undefined): Stall | null {
  const isOpen = run.state === "queued" || run.state === "running";
  if (isOpen && note?.state === "paused") {
    return {
      word: "Paused",
      title: "The tenant is paused",
      text: "What is left waits, and nothing of it is lost. Resume the tenant on its page and it goes on by itself.",
    };
  }
  if (run.reason === null) return null;
  const { title, cause, remedy } = getCatalogueEntry(toCatalogueCode(run.reason));
  const isStopped = isOpen && note?.state === "quarantined";
  return { word: isStopped ? "Stopped" : "Waiting", title, text: `${cause} ${remedy}` };
}
