import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type IconName, type StatusKind, statusKinds } from "@/components/ui/status-kinds";

type StatusProps = {
  kind: StatusKind;
  /** Replaces the kind's own icon; null shows none. */
  icon?: IconName | null;
  className?: string;
  /** The word: colour or icon alone is never enough. */
  children: ReactNode;
};

export function Status({ kind, icon = statusKinds[kind].icon, className, children }: StatusProps) {
  return (
    <span className={cx("status", icon && `icon-${icon}`, statusKinds[kind].text, className)}>
      {children}
    </span>
  );
}
