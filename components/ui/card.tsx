import { type ReactNode, useId } from "react";
import { cx } from "@/components/ui/cx";

type CardProps = {
  title?: string;
  /** Secondary text after the title: "4 of 41 tenants, checked 20 s ago". */
  note?: ReactNode;
  /** Links or buttons at the end of the title's line. */
  aside?: ReactNode;
  /** True for a Table or a list of rows, which have padding of their own. */
  isFlush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A surface with a thin border. With a title, it is a region of the page with that name. */
export function Card({ title, note, aside, isFlush, className, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx("overflow-hidden rounded-2 border border-line bg-surface", className)}
    >
      {title ? (
        <div
          className={cx(
            "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2",
            isFlush && "border-b border-line",
          )}
        >
          <h2 id={id} className="font-semibold text-ink">
            {title}
          </h2>
          {note ? <p className="text-12 text-ink-3">{note}</p> : null}
          {aside ? <div className="ml-auto flex items-center gap-2">{aside}</div> : null}
        </div>
      ) : null}
      <div className={cx(!isFlush && (title ? "px-4 pb-4" : "p-4"))}>{children}</div>
    </section>
  );
}
