"use client";

import { useSyncExternalStore } from "react";
import { cx } from "@/components/ui/cx";
import { toRelativeTime, toUtcClock, toUtcStamp, toUtcTime } from "@/components/ui/relative-time";

type TimeProps = {
  /** ISO 8601, or a Date. */
  at: string | Date;
  /** `relative` in lists, `stamp` (to the second, mono) in audit, `clock` within one day, `full` in prose. */
  format?: "relative" | "stamp" | "clock" | "full";
  className?: string;
};

const tickMs = 5_000;

/** The server and the first paint write the absolute time; "3 min ago" follows once the browser's clock is known. */
export function Time({ at, format = "relative", className }: TimeProps) {
  const date = new Date(at);
  const nowMs = useSyncExternalStore(subscribe, toTick, () => null);
  const text = {
    relative: () => (nowMs === null ? toUtcTime(date) : toRelativeTime(date, new Date(nowMs))),
    stamp: () => toUtcStamp(date),
    clock: () => toUtcClock(date),
    full: () => toUtcTime(date),
  }[format]();
  return (
    <time
      dateTime={date.toISOString()}
      title={`${toUtcStamp(date)} UTC`}
      className={cx("whitespace-nowrap tabular-nums", format === "stamp" && "font-mono text-12", className)}
    >
      {text}
    </time>
  );
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all times on the page, and none on a page without any. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Now, rounded so that it stays the same during one render. Up, or what has just happened would lie in the future. */
function toTick(): number {
  return Math.ceil(Date.now() / tickMs) * tickMs;
}
