import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** The first letters of the first two words, capitals: "Contoso Legal" is CL. */
function toInitials(name: string): string {
  const words = name.trim().split(/\s+/u).slice(0, 2);
  return words
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

/** A small square with a name's initials, beside the name: decoration, so it is hidden from screen readers. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span aria-hidden className={cx("monogram", className)}>
      {toInitials(name)}
    </span>
  );
}

/** Names of this length fit every column, and need no title: a list has one in each row. */
const cutMin = 24;

type NamedProps = {
  name: string;
  className?: string;
  /** The name as a link; left out, its text. */
  children?: ReactNode;
};

/** A name with its monogram before it. The style sheet draws the monogram, because every row of a list has one. */
export function Named({ name, className, children = name }: NamedProps) {
  return (
    <span
      data-initials={toInitials(name)}
      title={name.length > cutMin ? name : undefined}
      className={cx("named", className)}
    >
      {children}
    </span>
  );
}
