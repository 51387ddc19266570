import { Lock, type LucideIcon, SearchX, Sprout } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** `nothing-yet`: nothing exists. `no-match`: the filter hides everything. `not-allowed`: the role may not see it. */
type EmptyKind = "nothing-yet" | "no-match" | "not-allowed";

type EmptyStateProps = {
  kind: EmptyKind;
  title: string;
  children?: ReactNode;
  /** The single next step: begin, clear the filter, or ask an owner. */
  action?: ReactNode;
  className?: string;
};

const icons: Record<EmptyKind, LucideIcon> = {
  "nothing-yet": Sprout,
  "no-match": SearchX,
  "not-allowed": Lock,
};

export function EmptyState({ kind, title, children, action, className }: EmptyStateProps) {
  const Icon = icons[kind];
  return (
    <div className={cx("flex flex-col items-center gap-1 px-6 py-12 text-center", className)}>
      <Icon aria-hidden className="mb-2 size-5 text-ink-3" />
      <p className="text-15 font-semibold text-ink">{title}</p>
      {children ? <div className="max-w-[60ch] text-ink-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
