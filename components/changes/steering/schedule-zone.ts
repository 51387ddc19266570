"use client";

import { useSyncExternalStore } from "react";
import { isZone } from "@/lib/changes/steering/schedule-zone";

/** The reader's own time zone (IANA); null on the server and for the first paint. */
export function useOwnZone(): string | null {
  return useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}

/**
 * Names that people look for and browsers list under an older one, "Asia/Katmandu" say (ECMA-402 lets them choose).
 * Both mean the same clocks.
 */
const renamed = [
  "Africa/Asmara",
  "America/Nuuk",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Yangon",
  "Atlantic/Faroe",
  "Europe/Kyiv",
];

/** Every zone that the browser knows, by the names of today too, with UTC, which it leaves out. */
export function listZones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...renamed.filter(isZone)])].sort();
}
