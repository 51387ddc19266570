import { toCatalogueCode } from "@/components/words/error-words";
import type { RunView } from "@/components/changes/model/wire";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import type { TenantSummary } from "@/lib/tenants/types";

/**
 * What a change's page shows of a tenant beside its run. It is as old as the page: for explanations, not for decisions.
 */
export type TenantNote = Pick<TenantSummary, "state" | "testMode">;

export type TenantNotes = Readonly<Record<string, TenantNote>>;

/** Why a run does not continue, and what ends that. */
export type Stall = {
  word: Word;
  title: string;
  text: string;
  needsPerson: boolean;
  /** The page where a person ends it; null where nobody has to. */
  fix: { label: string; href: string } | null;
};

/** @returns null when nothing stops the run. */
export function toStall(
  run: Pick<RunView, "state" | "reason" | "tenantId">,
  note: TenantNote | undefined,
): Stall | null {
  const isOpen = run.state === "queued" || run.state === "running";
  if (isOpen && note?.state === "paused") {
    return {
      word: { kind: "held", word: "Paused", icon: "pause" },
      title: "The tenant is paused",
      text: "The remaining operations wait. Resume the tenant on its page and they are sent.",
      needsPerson: true,
      fix: { label: "Open the tenant", href: `/tenants/${run.tenantId}` },
    };
  }
  if (run.reason === null) return null;
  const { title, cause, remedy } = getCatalogueEntry(toCatalogueCode(run.reason));
  const needsPerson = isOpen && (note?.state === "quarantined" || endsByHand(run.reason));
  const word: Word = needsPerson
    ? { kind: "failed", word: "Stopped" }
    : { kind: "queued", word: "Waiting", icon: "hourglass" };
  return {
    word,
    title,
    text: `${cause} ${remedy}`,
    needsPerson,
    fix: needsPerson ? toFix(run.tenantId, run.reason) : null,
  };
}

function toFix(tenantId: string, reason: string): NonNullable<Stall["fix"]> {
  const connection = `/tenants/${tenantId}?tab=connection`;
  if (isCuredBy(reason, "new-token")) return { label: "Replace token", href: `${connection}#replace-token` };
  if (isCuredBy(reason, "probe", "address")) return { label: "Open the connection", href: connection };
  return { label: "See the cause", href: `/tenants/${tenantId}` };
}

/** True if Rollcall does not retry until a person acts: the reasons that quarantine a tenant. */
export function endsByHand(reason: string): boolean {
  return isCuredBy(reason, "new-token", "probe");
}

/**
 * What a form says beside a tenant that can be chosen although nothing is sent to it now.
 * @returns null when operations are sent at once.
 */
export function toWaitingNote({ state, reason }: Pick<TenantSummary, "state" | "reason">): string | null {
  if (state === "paused") return "Paused: operations wait until somebody resumes the tenant.";
  if (state !== "quarantined") return null;
  const { title } = getCatalogueEntry(reason ?? "unexpected");
  return `Quarantined: ${title.charAt(0).toLowerCase()}${title.slice(1)}. Operations wait until that is fixed.`;
}
