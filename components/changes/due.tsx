"use client";

import { useNow } from "@/components/changes/use-now";
import { Time } from "@/components/ui/time";

/** Later than this after it was due, something holds it up, and "now" would be a lie. */
const lateMs = 60_000;

/** When something happens next: "next look in 2 min", "next look now", "next look was due 4 min ago". */
export function Due({ what, at }: { what: string; at: string }) {
  const nowMs = useNow();
  const lateByMs = nowMs === null ? null : nowMs - Date.parse(at);
  if (lateByMs !== null && lateByMs >= 0 && lateByMs < lateMs) return <>{what} now</>;
  const isLate = lateByMs !== null && lateByMs >= lateMs;
  return (
    <>
      {what} {isLate ? "was due " : null}
      <Time at={at} />
    </>
  );
}
