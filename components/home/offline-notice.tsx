"use client";

import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";

/** The screen keeps its content; actions cannot reach Rollcall. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div aria-live="polite">
      {isOnline ? null : (
        <Notice kind="warning" title="This browser is offline" className="m-4 sm:mx-6">
          What you see may be out of date. Nothing you do here reaches Rollcall until the connection is back.
        </Notice>
      )}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
