import { toFitText, toZonedText } from "@/components/changes/steering/schedule-words";
import { endOfLastDay, resolveLocalTime } from "@/lib/changes/steering/schedule-time";

/** The form's values as typed. */
export type ScheduleDraft = {
  mode: "time" | "last-day";
  localDateTime: string;
  lastDay: string;
  graceDays: string;
  zone: string;
};

/** The request that a draft becomes. */
export function toWhen({ mode, localDateTime, lastDay, graceDays }: ScheduleDraft) {
  return mode === "time" ? { localDateTime } : { lastDay, graceDays };
}

/** The draft in words; null while a value is missing or invalid. */
export function toPreview(draft: ScheduleDraft, ownZone: string | null): string | null {
  const { mode, zone } = draft;
  const localDateTime = mode === "time" ? draft.localDateTime : toEnd(draft);
  const resolved = localDateTime ? resolveLocalTime(localDateTime, zone) : null;
  if (!resolved) return null;
  const said = `Will be applied on ${toZonedText(resolved.instant, zone, ownZone)}.`;
  const fit = toFitText(resolved.fit, zone);
  const stays =
    mode === "last-day"
      ? " Until then the person stays active. Unscheduling the change keeps them active."
      : "";
  return `${said}${fit ? ` ${fit}` : ""}${stays}`;
}

function toEnd({ lastDay, graceDays }: ScheduleDraft): string | null {
  const days = /^\d{1,2}$/.test(graceDays.trim()) ? Number(graceDays) : Number.NaN;
  return days <= 30 ? endOfLastDay(lastDay, days) : null;
}
