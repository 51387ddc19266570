import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type TableProps = {
  /** Names the table and the region it scrolls in. */
  label: string;
  /** Narrower than 54rem: `stack` turns a row into lines "label value"; `scroll` keeps the columns and scrolls. */
  layout?: "stack" | "scroll";
  className?: string;
  /** A TableHead and a TableBody. */
  children: ReactNode;
};

/**
 * A plain table that needs no script. Roles are spelled out because a browser forgets them once CSS lays the
 * rows out as blocks.
 */
export function Table({ label, layout = "stack", className, children }: TableProps) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto focus-visible:outline-offset-[-2px]"
    >
      <table
        role="table"
        aria-label={label}
        data-layout={layout}
        className={cx(
          "w-full border-collapse text-left stacked:block",
          layout === "scroll" && "max-md:whitespace-nowrap",
          className,
        )}
      >
        {children}
      </table>
    </div>
  );
}

/** One row of ColumnHeader. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="stacked:sr-only">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="stacked:block">
      {children}
    </tbody>
  );
}

type ColumnHeaderProps = {
  isNumeric?: boolean;
  /** A heading that is only spoken, for a column of buttons or checkboxes. */
  isHidden?: boolean;
  className?: string;
  children: ReactNode;
};

export function ColumnHeader({ isNumeric, isHidden, className, children }: ColumnHeaderProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cx(
        "h-row whitespace-nowrap px-3 text-12 font-medium text-ink-2",
        isNumeric && "text-right",
        className,
      )}
    >
      {isHidden ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

type RowProps = {
  /** The row whose details are open beside the table. */
  isCurrent?: boolean;
  className?: string;
  children: ReactNode;
};

export function Row({ isCurrent, className, children }: RowProps) {
  return (
    <tr
      role="row"
      aria-current={isCurrent ? true : undefined}
      className={cx(
        "relative border-t border-line has-[a[data-row-link]]:hover:bg-hover stacked:flex stacked:flex-wrap stacked:items-start stacked:gap-x-2 stacked:px-3 stacked:py-2",
        isCurrent && "bg-accent-wash has-[a[data-row-link]]:hover:bg-accent-wash",
        className,
      )}
    >
      {children}
    </tr>
  );
}

type CellProps = {
  /** The column's heading, drawn before the value where rows are stacked. Left out, the value
   *  shares a line with its neighbours: a sign, a name, a button. */
  label?: string;
  isNumeric?: boolean;
  /** Secondary text: times, reasons. */
  isQuiet?: boolean;
  /** Names the row: spoken with every other cell of it. */
  isRowHeader?: boolean;
  className?: string;
  children?: ReactNode;
};

export function Cell({ label, isNumeric, isQuiet, isRowHeader, className, children }: CellProps) {
  const Tag = isRowHeader ? "th" : "td";
  const isEmpty = children === undefined || children === null;
  return (
    <Tag
      role={isRowHeader ? "rowheader" : "cell"}
      scope={isRowHeader ? "row" : undefined}
      data-label={label}
      className={cx(
        "h-row px-3 py-1 font-normal text-13 text-ink",
        "stacked:block stacked:h-auto stacked:w-auto stacked:min-w-0 stacked:p-0 stacked:text-left stacked:empty:hidden",
        label && stackedLabel,
        isNumeric && "whitespace-nowrap text-right tabular-nums",
        isQuiet && "text-ink-2",
        isRowHeader && "stacked:grow stacked:basis-3/4",
        className,
      )}
    >
      {isEmpty ? null : (
        <div className="contents stacked:block stacked:min-w-0 stacked:flex-1">{children}</div>
      )}
    </Tag>
  );
}

const stackedLabel =
  "stacked:flex stacked:w-full sm:stacked:w-[calc(50%-0.25rem)] stacked:items-baseline stacked:gap-3 stacked:py-0.5 stacked:before:w-28 " +
  "stacked:before:shrink-0 stacked:before:text-12 stacked:before:text-ink-3 stacked:before:content-[attr(data-label)]";

/**
 * The link of a row: its name is what is read, the whole row is what is pressed. Buttons and links elsewhere in
 * the row need `relative z-10` to stay above it.
 */
export function RowLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row-link=""
      className={cx(
        "font-medium text-ink after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:rounded-1 focus-visible:after:outline-2 focus-visible:after:outline-offset-[-2px] focus-visible:after:outline-focus",
        className,
      )}
    >
      {children}
    </Link>
  );
}
