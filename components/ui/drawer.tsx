"use client";

import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { OverlayFrame, type OverlayState } from "@/components/ui/overlay-frame";

type DrawerProps = OverlayState & {
  /** Its name for assistive technology. */
  label: string;
  trigger?: ReactNode;
  side?: "left" | "right";
  children: ReactNode;
};

/** A sheet along one side: the navigation on small screens, a peek at one row. */
export function Drawer({ label, side = "left", children, ...frame }: DrawerProps) {
  return (
    <OverlayFrame
      {...frame}
      overlayClassName={side === "right" ? "justify-end" : undefined}
      className={cx("h-dvh max-w-[85vw]", side === "right" ? "w-96 border-l" : "w-64 border-r bg-ground")}
    >
      <AriaDialog aria-label={label} className="h-full overflow-y-auto outline-none">
        {children}
      </AriaDialog>
    </OverlayFrame>
  );
}
