"use client";

import { useSyncExternalStore } from "react";
import { isZone } from "@/lib/changes/steering/schedule-zone";

/** The reader's time zone (IANA); null on the server and at first paint. */
export function useOwnZone(): string | null {
  return useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}

/**
 * Current names that browsers may list under an older one, such as "Asia/Katmandu" (ECMA-402 allows either).
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

/** Every zone the browser knows, also by its current name, plus UTC, which browsers leave out. */
export function listZones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...renamed.filter(isZone)])].sort();
}
