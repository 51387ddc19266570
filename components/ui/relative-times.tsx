"use client";

import { useEffect } from "react";
import { tickMs, toRelativeTime, toTick } from "@/components/ui/relative-time";

/** Keeps every relative time of the page true: one timer for all of them. Draws nothing. */
export function RelativeTimes() {
  useEffect(() => {
    const timer = setInterval(writeAll, tickMs);
    // A tab in the background is woken late.
    document.addEventListener("visibilitychange", writeAll);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", writeAll);
    };
  }, []);
  return null;
}

/** Changes the text that React put there and no node, so that React can go on with it. */
function writeAll() {
  const now = toTick();
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
    const text = toRelativeTime(new Date(time.dateTime), now);
    if (time.firstChild && time.firstChild.nodeValue !== text) time.firstChild.nodeValue = text;
  }
}
