import type { LocalTimeFit } from "@/lib/changes/steering/schedule-time";
import { isZone, toZoneText } from "@/lib/changes/steering/schedule-zone";

/**
 * A moment by the clocks of the zone it was meant in, and by the reader's own where those differ.
 * @param ownZone the reader's zone; null while it is not known, which is the case on the server
 */
export function toZonedText(at: Date, zone: string, ownZone: string | null): string {
  // The server may know a zone that this browser is too old for.
  if (!isZone(zone)) return `${toZoneText(at, "UTC")} UTC, meant in ${zone}`;
  const there = toZoneText(at, zone);
  if (ownZone === null || toZoneText(at, ownZone) === there) return `${there} in ${zone}`;
  return `${there} in ${zone}; that is ${toZoneText(at, ownZone)} your time (${ownZone})`;
}

/** What the clocks of a zone made of a time that was asked for; null when they have it once. */
export function toFitText(fit: LocalTimeFit, zone: string): string | null {
  switch (fit) {
    case "exact":
      return null;
    case "skipped":
      return `The clocks in ${zone} go forward then and skip the time you chose: it is applied as much later.`;
    case "repeated":
      return `The clocks in ${zone} go back then and show that time twice: the first one is meant.`;
  }
}
