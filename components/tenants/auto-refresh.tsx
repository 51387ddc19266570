"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Has the server draw the page anew at this pace, and at once when the tab is looked at again. Draws nothing. */
export function AutoRefresh({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    async function refresh() {
      if (document.visibilityState === "visible" && (await canReachServer())) router.refresh();
    }
    const onTime = () => void refresh();
    const timer = setInterval(onTime, everyMs);
    document.addEventListener("visibilitychange", onTime);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onTime);
    };
  }, [router, everyMs]);
  return null;
}

/** Where a refresh finds no server, Next leaves the page for the browser's own error page, in the middle of a word. */
async function canReachServer(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/api/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
