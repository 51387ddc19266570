import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type DisclosureProps = {
  /** One line, without buttons or links. */
  summary: ReactNode;
  /** Secondary text at the end of the line. */
  aside?: ReactNode;
  isOpenAtFirst?: boolean;
  className?: string;
  children: ReactNode;
};

/** The native element: it needs no script, and a search in the page finds and opens it. */
export function Disclosure({ summary, aside, isOpenAtFirst, className, children }: DisclosureProps) {
  return (
    <details open={isOpenAtFirst} className={cx("group/disclosure", className)}>
      <summary className="flex min-h-row cursor-default list-none items-center gap-2 border-line px-3 py-1.5 hover:bg-hover group-open/disclosure:border-b focus-visible:outline-offset-[-2px] [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="quick size-4 shrink-0 text-ink-3 group-open/disclosure:rotate-90"
        />
        <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3 gap-y-0.5">
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">{summary}</span>
          {aside ? <span className="text-12 text-ink-3">{aside}</span> : null}
        </span>
      </summary>
      {children}
    </details>
  );
}
