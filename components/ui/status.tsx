import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type IconName, type StatusKind, statusKinds } from "@/components/ui/status-kinds";

type StatusProps = {
  kind: StatusKind;
  /** In place of the kind's own shape; null draws none. */
  icon?: IconName | null;
  className?: string;
  /** The word: a colour or a shape alone never says it. */
  children: ReactNode;
};

export function Status({ kind, icon = statusKinds[kind].icon, className, children }: StatusProps) {
  return (
    <span className={cx("status", icon && `icon-${icon}`, statusKinds[kind].text, className)}>
      {children}
    </span>
  );
}
