import { ChevronLeft, ChevronRight } from "lucide-react";
import { cx } from "@/components/ui/cx";
import { LinkButton } from "@/components/ui/link-button";

type PaginationProps = {
  /** The landmark's name: "Pages of people". */
  label: string;
  /** The first page; lists page by key, so there is no previous page. Null on the first page. */
  firstHref?: string | null;
  /** Null on the last page. */
  nextHref?: string | null;
  /** The rows shown: "100 of at least 1,284". */
  summary?: string;
  className?: string;
};

/** Renders nothing for a single page without a summary. */
export function Pagination({ label, firstHref, nextHref, summary, className }: PaginationProps) {
  if (!firstHref && !nextHref && !summary) return null;
  return (
    <nav
      aria-label={label}
      className={cx("flex flex-wrap items-center gap-2 border-t border-line px-3 py-2", className)}
    >
      <p className="mr-auto text-12 text-ink-3 tabular-nums">{summary}</p>
      {firstHref ? (
        <LinkButton href={firstHref} size="small" icon={<ChevronLeft aria-hidden />}>
          First page
        </LinkButton>
      ) : null}
      {nextHref ? (
        <LinkButton href={nextHref} size="small">
          Next page
          <ChevronRight aria-hidden />
        </LinkButton>
      ) : null}
    </nav>
  );
}
