"use client";

import { toZonedText } from "@/components/changes/steering/schedule-words";
import { useOwnZone } from "@/components/changes/steering/schedule-zone";

/** A time in the zone it was scheduled in and, once the browser's zone is known, in the reader's. */
export function ZonedTime({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at} className="whitespace-normal">
      {toZonedText(new Date(at), zone, useOwnZone())}
    </time>
  );
}
