import { cx } from "@/components/ui/cx";
import { given } from "@/components/ui/given";
import { toRelativeTime, toTick, toUtcClock, toUtcStamp, toUtcTime } from "@/components/ui/relative-time";

type TimeProps = {
  /** ISO 8601, or a Date. */
  at: string | Date;
  /** `relative` in lists, `stamp` (to the second, mono) in audit, `clock` within one day, `full` in prose. */
  format?: "relative" | "stamp" | "clock" | "full";
  className?: string;
};

/**
 * Written by whoever draws it, the server as a rule, and no client part of its own: a list has one a row. A relative
 * time is marked for RelativeTimes, which keeps it true.
 */
export function Time({ at, format = "relative", className }: TimeProps) {
  const date = new Date(at);
  const attributes = given({
    className: cx(format === "stamp" && "font-mono text-12", className),
    // Between the server's drawing and the browser's a minute may have begun.
    ...(format === "relative" ? { "data-ago": "1", suppressHydrationWarning: true } : {}),
  });
  return (
    <time dateTime={date.toISOString()} title={`${toUtcStamp(date)} UTC`} {...attributes}>
      {toText(date, format)}
    </time>
  );
}

function toText(date: Date, format: NonNullable<TimeProps["format"]>): string {
  switch (format) {
    case "relative":
      return toRelativeTime(date, toTick());
    case "stamp":
      return toUtcStamp(date);
    case "clock":
      return toUtcClock(date);
    case "full":
      return toUtcTime(date);
  }
}
