import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type Definition = { term: string; detail: ReactNode };

type DefinitionListProps = {
  items: readonly Definition[];
  /** `stacked`: term above detail, for a side column. `rows`: beside each other. */
  layout?: "stacked" | "rows";
  className?: string;
};

export function DefinitionList({ items, layout = "stacked", className }: DefinitionListProps) {
  const isRows = layout === "rows";
  return (
    <dl
      className={cx(
        // As many columns as fit: one in a side column, several above a plan on a small screen.
        isRows ? "flex flex-col gap-2" : "grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-3",
        className,
      )}
    >
      {items.map(({ term, detail }) => (
        <div
          key={term}
          className={cx(isRows && "grid grid-cols-[8rem_1fr] gap-3 max-sm:grid-cols-1 max-sm:gap-0")}
        >
          <dt className={cx("text-12 text-ink-3", isRows && "leading-5")}>{term}</dt>
          <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
