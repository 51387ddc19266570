"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Has the server draw the page anew at this pace, and at once when the tab is looked at again. Draws nothing. */
export function AutoRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    function refresh() {
      if (document.visibilityState === "visible" && navigator.onLine) router.refresh();
    }
    const timer = setInterval(refresh, everyMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router, everyMs]);
  return null;
}
