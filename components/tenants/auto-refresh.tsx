"use client";

import { useEffect } from "react";
import { useRefresh } from "@/components/ui/use-refresh";

/** Refreshes the page at this interval, and at once when the tab becomes visible. Renders nothing. */
export function AutoRefresh({ everyMs }: { everyMs: number }) {
  const refresh = useRefresh();
  useEffect(() => {
    const onTime = () => void (document.visibilityState === "visible" && refresh());
    const timer = setInterval(onTime, everyMs);
    document.addEventListener("visibilitychange", onTime);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onTime);
    };
  }, [refresh, everyMs]);
  return null;
}
