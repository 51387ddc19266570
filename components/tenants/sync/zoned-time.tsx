"use client";

import { toZonedText } from "@/components/changes/steering/schedule-words";
import { useOwnZone } from "@/components/changes/steering/schedule-zone";

/** A moment by the clocks of the zone it was meant in and, once the browser has told it, by the reader's. */
export function ZonedTime({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at} className="whitespace-normal">
      {toZonedText(new Date(at), zone, useOwnZone())}
    </time>
  );
}
