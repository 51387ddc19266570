"use client";

import type { RefObject } from "react";
import { Tooltip } from "react-aria-components";

type HintProps = { text: string; triggerRef: RefObject<HTMLElement | null> };

/** The words beside a button that shows an icon alone. */
export function Hint({ text, triggerRef }: HintProps) {
  return (
    <Tooltip
      triggerRef={triggerRef}
      isOpen
      offset={6}
      className="max-w-64 rounded-1 bg-ink px-2 py-1 text-12 text-ground shadow-lift"
    >
      {text}
    </Tooltip>
  );
}
