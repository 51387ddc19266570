"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Refreshes the page at this interval, and at once when the tab becomes visible. Renders nothing. */
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

/** If a refresh reaches no server, Next replaces the page with the browser's error page, even while somebody types. */
async function canReachServer(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/api/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
