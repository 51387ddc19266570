"use client";

import type { ReactNode } from "react";
import { FieldError, Label, Text } from "react-aria-components";
import { cx } from "@/components/ui/cx";

/** Classes of a text input. */
export const inputStyles =
  "quick h-8 w-full min-w-0 rounded-2 border border-edge bg-surface px-2.5 text-13 text-ink " +
  "hover:border-ink-2 invalid:border-failed disabled:cursor-not-allowed disabled:opacity-50 " +
  "read-only:border-line read-only:bg-sunken";

type FieldLabelProps = { isRequired?: boolean; isHidden?: boolean; children: ReactNode };

export function FieldLabel({ isRequired, isHidden, children }: FieldLabelProps) {
  return (
    <Label className={isHidden ? "sr-only" : "text-13 font-medium text-ink"}>
      {children}
      {isRequired ? <span className="font-normal text-ink-3"> (required)</span> : null}
    </Label>
  );
}

/** The hint under a field and, below it, the browser's or server's message about its value. */
export function FieldHelp({ description, className }: { description?: ReactNode; className?: string }) {
  return (
    <>
      {description ? (
        <Text slot="description" className={cx("text-12 text-ink-3", className)}>
          {description}
        </Text>
      ) : null}
      <FieldError className={cx("text-12 text-failed", className)} />
    </>
  );
}
