"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { useFocusKeeper } from "@/components/ui/use-focus-keeper";

type KeepPlaceProps = {
  /** Changes with what is listed: ids, or how many there are. */
  of: string | number;
  /** Spoken when the keyboard comes back to it. */
  label: string;
  className?: string;
  children: ReactNode;
};

/** Around what is drawn anew by a deed in it: the keyboard stays there and does not fall to the top of the page. */
export function KeepPlace({ of, label, className, children }: KeepPlaceProps) {
  const box = useFocusKeeper(of);
  return (
    <div ref={box} role="group" aria-label={label} tabIndex={-1} className={cx("outline-none", className)}>
      {children}
    </div>
  );
}
