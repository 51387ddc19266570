"use client";

import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";
import { lostSince, subscribeToReach } from "@/components/ui/reach";
import { Time } from "@/components/ui/time";

/** The screen keeps its content while Rollcall cannot be reached, and says since when. */
export function ConnectionNotice() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const since = useSyncExternalStore(subscribeToReach, lostSince, () => null);
  return <div aria-live="polite">{isOnline ? <NotReached since={since} /> : <Offline />}</div>;
}

function Offline() {
  return (
    <Notice kind="warning" title="This browser is offline" className="m-4 sm:mx-6">
      What you see may be out of date. Nothing you do here reaches Rollcall until the connection is back.
    </Notice>
  );
}

function NotReached({ since }: { since: Date | null }) {
  if (since === null) return null;
  return (
    <Notice kind="warning" title="Rollcall is not reached. Trying again" className="m-4 sm:mx-6">
      Not reached since <Time at={since} format="full" />. What you see may be out of date. The page stays,
      and updates by itself once Rollcall answers.
    </Notice>
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
