import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type StatusKind, statusKinds } from "@/components/ui/status-kinds";

type BadgeProps = { kind?: StatusKind; className?: string; children: ReactNode };

/** A small pill for a count or a fixed property. A state that changes is a Status. */
export function Badge({ kind = "neutral", className, children }: BadgeProps) {
  const { text, wash } = statusKinds[kind];
  return (
    <span
      className={cx(
        "inline-flex min-w-5 items-center justify-center whitespace-nowrap rounded-full px-1.5 text-12 font-semibold tabular-nums",
        wash,
        text,
        kind === "neutral" && "text-ink-2",
        className,
      )}
    >
      {children}
    </span>
  );
}
