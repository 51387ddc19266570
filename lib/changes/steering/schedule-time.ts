import { Temporal } from "temporal-polyfill";
import { isZone } from "@/lib/changes/steering/schedule-zone";

/** Whether a local time exists once, is skipped when clocks go forward, or occurs twice when they go back. */
export type LocalTimeFit = "exact" | "skipped" | "repeated";

export type ResolvedTime = {
  instant: Date;
  /** The zone's clock at that moment: "2026-03-29T03:30". Differs from the requested time when that is skipped. */
  local: string;
  fit: LocalTimeFit;
};

/**
 * Resolves a wall clock time to a moment. A skipped time moves later by the skipped stretch, a repeated one means the
 * first occurrence: "compatible" of Temporal and of RFC 5545 section 3.3.5, so that calendars name the same moment.
 * The operator is shown the result.
 * @param localDateTime "2026-11-27T17:00", without seconds or offset
 * @param zone an IANA name such as "Asia/Kathmandu"
 * @returns null when either argument is invalid
 */
export function resolveLocalTime(localDateTime: string, zone: string): ResolvedTime | null {
  if (!isZone(zone) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(localDateTime)) return null;
  const wall = toPlain(localDateTime);
  if (!wall) return null;
  const earlier = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const later = wall.toZonedDateTime(zone, { disambiguation: "later" });
  const resolved = wall.toZonedDateTime(zone, { disambiguation: "compatible" });
  const fit = earlier.epochMilliseconds === later.epochMilliseconds ? "exact" : fitOf(wall, resolved);
  return {
    instant: new Date(resolved.epochMilliseconds),
    local: resolved.toPlainDateTime().toString({ smallestUnit: "minute" }),
    fit,
  };
}

/**
 * The local time at which a last day with its grace ends: the midnight after it, so that people who work late on
 * their last day keep their account.
 * @param date "2026-11-27"
 * @param graceDays whole days to add, 0 to 30
 */
export function endOfLastDay(date: string, graceDays: number): string | null {
  try {
    const end = Temporal.PlainDate.from(date, { overflow: "reject" }).add({ days: graceDays + 1 });
    return `${end.toString()}T00:00`;
  } catch {
    return null;
  }
}

function fitOf(wall: Temporal.PlainDateTime, resolved: Temporal.ZonedDateTime): LocalTimeFit {
  return resolved.toPlainDateTime().equals(wall) ? "repeated" : "skipped";
}

function toPlain(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}
