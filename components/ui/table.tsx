import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { given } from "@/components/ui/given";

type TableProps = {
  /** The name of the table and of its scrolling region. */
  label: string;
  /** Below 54rem: `stack` turns a row into lines "label value"; `scroll` keeps the columns and scrolls. */
  layout?: "stack" | "scroll";
  className?: string;
  /** A TableHead and a TableBody. */
  children: ReactNode;
};

/**
 * A plain table without script; table.css styles it. Roles are explicit, because browsers drop the implicit ones once
 * CSS lays the rows out as blocks.
 */
export function Table({ label, layout = "stack", className, children }: TableProps) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto focus-visible:outline-offset-[-2px]"
    >
      <table role="table" aria-label={label} data-layout={layout} className={cx("rows", className)}>
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
  return <tbody role="rowgroup">{children}</tbody>;
}

type ColumnHeaderProps = {
  isNumeric?: boolean;
  /** A visually hidden heading, for a column of buttons or checkboxes. */
  isHidden?: boolean;
  className?: string;
  children: ReactNode;
};

export function ColumnHeader({ isNumeric, isHidden, className, children }: ColumnHeaderProps) {
  return (
    <th role="columnheader" scope="col" {...given({ className: cx(isNumeric && "is-numeric", className) })}>
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
    <tr role="row" {...given({ "aria-current": isCurrent ? true : undefined, className })}>
      {children}
    </tr>
  );
}

type CellProps = {
  /**
   * The column's heading, shown before the value in stacked rows. If omitted, the value shares a line with its
   * neighbours: a sign, a name, a button.
   */
  label?: string;
  isNumeric?: boolean;
  /** Secondary text: times, reasons. */
  isQuiet?: boolean;
  /** Names the row: announced with every other cell of it. */
  isRowHeader?: boolean;
  className?: string;
  children?: ReactNode;
};

export function Cell({ label, isNumeric, isQuiet, isRowHeader, className, children }: CellProps) {
  const attributes = given({
    "data-label": label,
    className: cx(isNumeric && "is-numeric", isQuiet && "is-quiet", className),
  });
  return isRowHeader ? (
    <th role="rowheader" scope="row" {...attributes}>
      {children}
    </th>
  ) : (
    <td role="cell" {...attributes}>
      {children}
    </td>
  );
}

type RowLinkProps = { href: string; className?: string; children: ReactNode };

/**
 * The link of a row: screen readers read its name, and the whole row is clickable. FollowRows adds client navigation.
 */
export function RowLink({ href, className, children }: RowLinkProps) {
  return (
    <a href={href} className={cx("row-link", className)}>
      {children}
    </a>
  );
}
