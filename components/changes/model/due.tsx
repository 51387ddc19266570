"use client";

import { useNow } from "@/components/changes/model/use-now";
import { tickMs, toRelativeTime, toUtcStamp, toUtcTime } from "@/components/ui/relative-time";

/** If something is overdue by more than this, "now" would be wrong. */
const lateMs = 60_000;

/** When something happens next: "next check in 2 min", "next check now", "next check was due 4 min ago". */
export function Due({ what, at }: { what: string; at: string }) {
  const nowMs = useNow();
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={`${toUtcStamp(date)} UTC`} className="whitespace-normal">
      {what} {nowMs === null ? toUtcTime(date) : toDueText(date, new Date(nowMs))}
    </time>
  );
}

/** Counts the last minute down, in steps of the clock: "in a moment" would stand there for most of it. */
export function toDueText(at: Date, now: Date): string {
  const lateByMs = now.getTime() - at.getTime();
  if (lateByMs < -lateMs) return toRelativeTime(at, now);
  if (lateByMs < 0) return `in ${Math.ceil(-lateByMs / tickMs) * (tickMs / 1_000)} s`;
  return lateByMs < lateMs ? "now" : `was due ${toRelativeTime(at, now)}`;
}
