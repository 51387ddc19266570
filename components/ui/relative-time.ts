const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How often relative times are updated. */
export const tickMs = 5_000;

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** "3 min ago", "in 2 h", "yesterday"; beyond two weeks the date in UTC, because nobody counts 93 days. */
export function toRelativeTime(at: Date, now: Date): string {
  const elapsedMs = now.getTime() - at.getTime();
  const distanceMs = Math.abs(elapsedMs);
  if (distanceMs < 45_000) return elapsedMs >= 0 ? "just now" : "in a moment";
  if (distanceMs >= 14 * dayMs) return dateFormat.format(at);
  if (distanceMs < hourMs) return phrase(Math.max(1, Math.round(distanceMs / minuteMs)), "min", elapsedMs);
  if (distanceMs < dayMs) return phrase(Math.round(distanceMs / hourMs), "h", elapsedMs);
  const days = Math.floor(distanceMs / dayMs);
  if (days === 1) return elapsedMs > 0 ? "yesterday" : "tomorrow";
  return phrase(days, "days", elapsedMs);
}

/** Now, rounded up to a tick: if a clock is slow, a recent event would otherwise lie in the future. */
export function toTick(): Date {
  return new Date(Math.ceil(Date.now() / tickMs) * tickMs);
}

/** "2026-11-21 10:51:44" in UTC: sorts as text and aligns in a monospaced font. */
export function toUtcStamp(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ");
}

/** "21 Nov 2026, 10:51 UTC". */
export function toUtcTime(at: Date): string {
  return `${dateFormat.format(at)}, ${at.toISOString().slice(11, 16)} UTC`;
}

/** "10:51:44" in UTC. */
export function toUtcClock(at: Date): string {
  return at.toISOString().slice(11, 19);
}

function phrase(count: number, unit: string, elapsedMs: number): string {
  return elapsedMs > 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
}
