import { CircleCheck, CircleX, Hand, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type NoticeKind = "info" | "warning" | "held" | "failed" | "confirmed";

type NoticeProps = {
  kind: NoticeKind;
  title: string;
  /** Cause, effect, next step. */
  children?: ReactNode;
  /** A Button or LinkButton for the next step. */
  action?: ReactNode;
  /** It answers an action just done, so it is announced at once. */
  isAlert?: boolean;
  className?: string;
};

const kinds: Record<NoticeKind, { Icon: LucideIcon; box: string; icon: string; spoken: string }> = {
  info: { Icon: Info, box: "bg-accent-wash", icon: "text-accent", spoken: "Note" },
  warning: { Icon: TriangleAlert, box: "bg-held-wash", icon: "text-held", spoken: "Warning" },
  held: { Icon: Hand, box: "bg-held-wash", icon: "text-held", spoken: "Held" },
  failed: { Icon: CircleX, box: "bg-failed-wash", icon: "text-failed", spoken: "Failed" },
  confirmed: { Icon: CircleCheck, box: "bg-confirmed-wash", icon: "text-confirmed", spoken: "Done" },
};

export function Notice({ kind, title, children, action, isAlert, className }: NoticeProps) {
  const { Icon, box, icon, spoken } = kinds[kind];
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={cx("flex flex-wrap items-start gap-x-4 gap-y-2 rounded-2 px-4 py-3", box, className)}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-2.5">
        <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", icon)} />
        <div className="min-w-0">
          <p className="font-semibold text-ink">
            <span className="sr-only">{spoken}: </span>
            {title}
          </p>
          {children ? <div className="text-ink-2">{children}</div> : null}
        </div>
      </div>
      {action ? <div className="flex max-w-full flex-wrap gap-2 max-sm:pl-6">{action}</div> : null}
    </div>
  );
}
