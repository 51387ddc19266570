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
 * Rendered by its parent, usually on the server, and not a client component: a list has one a row. A relative time is
 * marked for RelativeTimes, which updates it.
 */
export function Time({ at, format = "relative", className }: TimeProps) {
  const date = new Date(at);
  const attributes = given({
    className: cx(format === "stamp" && "font-mono text-12", className),
    // A minute may begin between the server's rendering and the browser's.
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
