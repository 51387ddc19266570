"use client";

import { useEffect } from "react";
import { tickMs, toRelativeTime, toTick } from "@/components/ui/relative-time";

/** Updates every relative time of the page: one timer for all of them. Renders nothing. */
export function RelativeTimes() {
  useEffect(() => {
    const timer = setInterval(writeAll, tickMs);
    // Browsers delay timers of a tab in the background.
    document.addEventListener("visibilitychange", writeAll);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", writeAll);
    };
  }, []);
  return null;
}

/** Changes the text that React rendered and no nodes, so that React can continue with them. */
function writeAll() {
  const now = toTick();
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
    const text = toRelativeTime(new Date(time.dateTime), now);
    if (time.firstChild && time.firstChild.nodeValue !== text) time.firstChild.nodeValue = text;
  }
}
