import { countOf } from "@/components/words/count-words";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { Absences, TenantMode, TenantSummary } from "@/lib/tenants/types";

export type TenantStanding = Pick<
  TenantSummary,
  "state" | "reason" | "cooldownTo" | "testMode" | "mode" | "readAt" | "lastReadState" | "lastReadReason"
>;

/** A tenant's state in one word, the most severe first. */
export function toTenantWord(tenant: TenantStanding, now: Date): Word {
  switch (tenant.state) {
    case "disconnected":
      return { kind: "neutral", word: "Disconnected", icon: "unplug" };
    case "quarantined":
      return { kind: "failed", word: "Quarantined" };
    case "paused":
      return { kind: "neutral", word: "Paused", icon: "pause" };
    case "connecting":
      return { kind: "queued", word: "Connecting" };
    case "healthy":
      return toHealthyWord(tenant, now);
  }
}

function toHealthyWord(tenant: TenantStanding, now: Date): Word {
  if (isCoolingDown(tenant, now)) {
    const isLimited = tenant.reason === "rate-limited";
    return { kind: "queued", word: isLimited ? "Rate limited" : "Cooling down", icon: "hourglass" };
  }
  if (tenant.lastReadState === "failed") return { kind: "held", word: "Read failed" };
  if (isReading(tenant)) return { kind: "queued", word: "Reading", icon: "refresh-cw" };
  if (tenant.testMode && tenant.mode !== "observe") return { kind: "accepted", word: "Test Mode" };
  return { kind: "confirmed", word: "Healthy" };
}

/** The reason for its state; null if the state says enough. */
export function toTenantWhy(tenant: TenantStanding, now: Date): string | null {
  if (tenant.state === "quarantined" || isCoolingDown(tenant, now)) {
    return tenant.reason && getCatalogueEntry(tenant.reason).title;
  }
  if (tenant.state === "connecting") return "A worker is testing the token";
  if (tenant.state === "paused") return "Nothing is sent to it";
  if (tenant.state === "disconnected") return "Its token was destroyed; its history is kept";
  if (tenant.lastReadState === "failed")
    return tenant.lastReadReason && getCatalogueEntry(tenant.lastReadReason).title;
  if (isReading(tenant)) return tenant.readAt ? null : "First read";
  if (tenant.testMode && tenant.mode !== "observe") return "KnowBe4 accepts everything, applies nothing";
  return null;
}

/** Paused briefly after failures or a 429; sending resumes automatically. */
export function isCoolingDown(tenant: Pick<TenantSummary, "state" | "cooldownTo">, now: Date): boolean {
  return tenant.state === "healthy" && tenant.cooldownTo !== null && tenant.cooldownTo > now;
}

export function isReading(tenant: Pick<TenantSummary, "lastReadState">): boolean {
  return tenant.lastReadState === "queued" || tenant.lastReadState === "running";
}

/** What each mode lets Rollcall do. */
export const modeWords: Record<TenantMode, { word: string; meaning: string }> = {
  observe: {
    word: "Observe",
    meaning:
      "Rollcall reads this tenant and writes nothing. Another system, or nobody, provisions its people.",
  },
  mixed: {
    word: "Mixed",
    meaning: "Rollcall writes what operators apply, beside another source. That source may overwrite it.",
  },
  source: {
    word: "Source",
    meaning:
      "Rollcall holds the tenant's only SCIM connection. KnowBe4 archives people whom its SCIM source does not list.",
  },
};

/** As an owner recorded it, because SCIM does not report it. */
export function toTestModeSentence(testMode: boolean | null): string {
  if (testMode === null) return "Test Mode is not recorded.";
  return `Test Mode is ${testMode ? "on" : "off"}, as recorded by an owner.`;
}

/** "14 of 212 active people would be archived by absence" */
export function toAbsenceWords({ active, absent }: Absences): string {
  return `${absent.toLocaleString("en-GB")} of ${countOf(active, "active person", "active people")} would be archived by absence`;
}
