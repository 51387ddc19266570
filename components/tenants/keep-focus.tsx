"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Around buttons that replace each other, as Pause and Resume do: when what was pressed is gone, the keyboard goes on
 * at the first of those that are there instead of at the top of the page.
 */
export function KeepFocus({ of, children }: { of: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(of);
  useEffect(() => {
    if (drawn.current === of) return;
    drawn.current = of;
    if (document.activeElement === document.body) box.current?.querySelector("button")?.focus();
  }, [of]);
  return (
    <div ref={box} className="flex flex-wrap items-center gap-2">
      {children}
    </div>
  );
}
