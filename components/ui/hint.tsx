"use client";

import type { RefObject } from "react";
import { Tooltip, TooltipTriggerStateContext } from "react-aria-components";

type HintProps = { text: string; triggerRef: RefObject<HTMLElement | null>; onClose: () => void };

/** The label beside an icon button, while it is rendered. */
export function Hint({ text, triggerRef, onClose }: HintProps) {
  const state = { isOpen: true, shouldSkipAnimation: false, open: () => undefined, close: onClose };
  return (
    // A Tooltip without its own trigger finds no state, and fails.
    <TooltipTriggerStateContext value={state}>
      <Tooltip
        triggerRef={triggerRef}
        isOpen
        offset={6}
        className="max-w-64 rounded-1 bg-ink px-2 py-1 text-12 text-ground shadow-lift"
      >
        {text}
      </Tooltip>
    </TooltipTriggerStateContext>
  );
}
