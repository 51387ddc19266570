import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Time } from "@/components/ui/time";

export type TimelineItem = { id: string; at: string | Date; text: ReactNode; detail?: ReactNode };

type TimelineProps = {
  items: readonly TimelineItem[];
  /** `clock` if all entries are of one day. */
  format?: "clock" | "stamp" | "relative";
  className?: string;
};

export function Timeline({ items, format = "clock", className }: TimelineProps) {
  return (
    <ol className={cx("flex flex-col gap-2", className)}>
      {items.map(({ id, at, text, detail }) => (
        <li key={id} className="flex items-baseline gap-3">
          <Time
            at={at}
            format={format}
            className={cx("shrink-0 text-12 text-ink-3", format !== "relative" && "font-mono")}
          />
          <div className="min-w-0 text-ink-2">
            {text}
            {detail ? <div className="text-12 text-ink-3">{detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
