"use client";

import type { ReactNode } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";

type TooltipProps = {
  text: string;
  /** Something that takes focus: a Button or an IconButton. A hint nobody can reach with the keyboard is no hint. */
  children: ReactNode;
};

export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip offset={6} className="max-w-64 rounded-1 bg-ink px-2 py-1 text-12 text-ground shadow-lift">
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
