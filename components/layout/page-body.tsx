import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type PageBodyProps = {
  /** `form` limits the line length; lists and plans use the full width. */
  width?: "full" | "form";
  className?: string;
  children: ReactNode;
};

/** What follows a PageHeader. */
export function PageBody({ width = "full", className, children }: PageBodyProps) {
  return (
    <div className={cx("flex flex-col gap-5 p-4 sm:p-6", width === "form" && "max-w-2xl", className)}>
      {children}
    </div>
  );
}

type ColumnsProps = {
  /** The narrow column. */
  side: ReactNode;
  /** `left`: a change's facts beside its plan. `right`: details beside a list. */
  at: "left" | "right";
  children: ReactNode;
};

/** Two columns on wide screens. On narrow ones a left side comes first, a right side last. */
export function Columns({ side, at, children }: ColumnsProps) {
  const isLeft = at === "left";
  return (
    <div
      className={cx(
        "grid items-start gap-5",
        isLeft ? "lg:grid-cols-[15.5rem_minmax(0,1fr)]" : "xl:grid-cols-[minmax(0,1fr)_21rem]",
      )}
    >
      {isLeft ? <div className="flex min-w-0 flex-col gap-5">{side}</div> : null}
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
      {isLeft ? null : <div className="flex min-w-0 flex-col gap-5">{side}</div>}
    </div>
  );
}
