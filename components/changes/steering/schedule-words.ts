import type { LocalTimeFit } from "@/lib/changes/steering/schedule-time";
import { isZone, toZoneText } from "@/lib/changes/steering/schedule-zone";

/**
 * A time in the zone it was scheduled in and, if it differs, in the reader's.
 * @param ownZone the reader's zone; null while it is not known, which is the case on the server
 */
export function toZonedText(at: Date, zone: string, ownZone: string | null): string {
  // The server may know a zone that this browser is too old for.
  if (!isZone(zone)) return `${toZoneText(at, "UTC")} UTC, scheduled in ${zone}`;
  const there = toZoneText(at, zone);
  if (ownZone === null || toZoneText(at, ownZone) === there) return `${there} in ${zone}`;
  return `${there} in ${zone}; that is ${toZoneText(at, ownZone)} your time (${ownZone})`;
}

/** What a clock change does to a chosen time; null if the time exists exactly once. */
export function toFitText(fit: LocalTimeFit, zone: string): string | null {
  switch (fit) {
    case "exact":
      return null;
    case "skipped":
      return `The clocks in ${zone} go forward then and skip the chosen time, so it is applied that much later.`;
    case "repeated":
      return `The clocks in ${zone} go back then and show that time twice; the first one counts.`;
  }
}
