import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type StatusKind, statusKinds } from "@/components/ui/status-kinds";

type StatusProps = {
  kind: StatusKind;
  /** In place of the kind's own shape. */
  icon?: ReactNode;
  className?: string;
  /** The word: a colour or a shape alone never says it. */
  children: ReactNode;
};

export function Status({ kind, icon, className, children }: StatusProps) {
  const { Icon, text } = statusKinds[kind];
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium [&_svg]:size-3.5 [&_svg]:shrink-0",
        text,
        className,
      )}
    >
      {icon ?? <Icon aria-hidden />}
      {children}
    </span>
  );
}
