import { Temporal } from "temporal-polyfill";
import { isZone } from "@/lib/changes/steering/schedule-zone";

/** What became of a local time: it is once, it is skipped when clocks go forward, or it comes twice when they go back. */
export type LocalTimeFit = "exact" | "skipped" | "repeated";

export type ResolvedTime = {
  instant: Date;
  /** What the clock of the zone shows then: "2026-03-29T03:30". Another time than was asked for when that is skipped. */
  local: string;
  fit: LocalTimeFit;
};

/**
 * Finds the moment that an operator means by a wall clock's time. A time that is skipped is read as later by the
 * skipped stretch, one that comes twice as the first of the two: "compatible" of Temporal and of RFC 5545 section
 * 3.3.5, so that a calendar and this page name the same moment. Whoever asked is shown what it became.
 * @param localDateTime "2026-11-27T17:00", without seconds or offset
 * @param zone an IANA name such as "Asia/Kathmandu"
 * @returns null when one of the two is no such thing
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
 * The local time at which a last day with its grace is over: midnight after it, so that somebody who works late on
 * their last day still is there.
 * @param date "2026-11-27"
 * @param graceDays whole days that are added, 0 to 30
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
