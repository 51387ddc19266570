import { ArrowRight, Check, CircleDashed, type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { TextLink } from "@/components/ui/text-link";

export type CheckState = "done" | "current" | "todo" | "failed";

export type CheckItem = {
  label: string;
  state: CheckState;
  /** Evidence if done, cause and remedy if failed. */
  detail?: ReactNode;
  href?: string;
};

const states: Record<CheckState, { Icon: LucideIcon; icon: string; label: string; spoken: string }> = {
  done: { Icon: Check, icon: "text-confirmed", label: "text-ink-2", spoken: "done" },
  current: { Icon: ArrowRight, icon: "text-accent", label: "font-medium text-ink", spoken: "now" },
  todo: { Icon: CircleDashed, icon: "text-ink-3", label: "text-ink", spoken: "to do" },
  failed: { Icon: X, icon: "text-failed", label: "font-medium text-ink", spoken: "failed" },
};

/** Steps in order with their state: a probe, a setup, a gate. */
export function CheckList({ items, className }: { items: readonly CheckItem[]; className?: string }) {
  return (
    <ol className={cx("flex flex-col gap-1.5", className)}>
      {items.map(({ label, state, detail, href }) => {
        const { Icon, icon, label: labelStyle, spoken } = states[state];
        return (
          <li key={label} aria-current={state === "current" ? "step" : undefined} className="flex gap-2.5">
            <Icon aria-hidden className={cx("mt-[3px] size-3.5 shrink-0", icon)} />
            <div className="min-w-0">
              {href ? (
                <TextLink href={href} variant="plain" className={labelStyle}>
                  {label}
                </TextLink>
              ) : (
                <span className={labelStyle}>{label}</span>
              )}
              <span className="sr-only">, {spoken}</span>
              {detail ? <div className="text-12 text-ink-3">{detail}</div> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
