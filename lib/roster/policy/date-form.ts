/** The date formats that sources use, and `iso`, the one KnowBe4 takes. A closed list: no patterns. */
export const dateForms = ["iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy", "yyyymmdd"] as const;
export type DateForm = (typeof dateForms)[number];

/**
 * Converts a date between formats. `iso` reads 2026-11-21 with or without a time, which is dropped, and writes the
 * date only.
 * @returns null when the text is no such date.
 */
export function toDateForm(text: string, from: DateForm, to: DateForm): string | null {
  const day = readDay(text.trim(), from);
  if (!day) return null;
  const [yyyy, mm, dd] = day;
  if (to === "iso") return `${yyyy}-${mm}-${dd}`;
  return to.replace("yyyy", yyyy).replace("mm", mm).replace("dd", dd);
}

type Day = [yyyy: string, mm: string, dd: string];

const shapes: Record<DateForm, RegExp> = {
  iso: /^(?<yyyy>\d{4})-(?<mm>\d{2})-(?<dd>\d{2})(?:[T ].*)?$/,
  "dd/mm/yyyy": /^(?<dd>\d{1,2})\/(?<mm>\d{1,2})\/(?<yyyy>\d{4})$/,
  "mm/dd/yyyy": /^(?<mm>\d{1,2})\/(?<dd>\d{1,2})\/(?<yyyy>\d{4})$/,
  "dd.mm.yyyy": /^(?<dd>\d{1,2})\.(?<mm>\d{1,2})\.(?<yyyy>\d{4})$/,
  "dd-mm-yyyy": /^(?<dd>\d{1,2})-(?<mm>\d{1,2})-(?<yyyy>\d{4})$/,
  yyyymmdd: /^(?<yyyy>\d{4})(?<mm>\d{2})(?<dd>\d{2})$/,
};

function readDay(text: string, from: DateForm): Day | null {
  const { yyyy = "", mm = "", dd = "" } = shapes[from].exec(text)?.groups ?? {};
  const day: Day = [yyyy, mm.padStart(2, "0"), dd.padStart(2, "0")];
  const iso = day.join("-");
  const at = new Date(`${iso}T00:00:00Z`);
  // V8 reads 30 February as 1 March, so the date itself must round-trip.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? day : null;
}
