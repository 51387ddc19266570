"use client";

import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import type { OpenOverlay } from "@/components/ui/overlays/opener";
import { Sheet } from "@/components/ui/overlays/sheet";

export type DrawerSheetProps = {
  /** Its accessible name. */
  label: string;
  side?: "left" | "right";
  children: ReactNode;
};

/** The contents of an open Drawer. */
export function DrawerSheet(props: DrawerSheetProps & OpenOverlay) {
  const { label, side = "left", children, isOpen, onOpenChange } = props;
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      overlayClassName={side === "right" ? "justify-end" : undefined}
      className={cx("h-dvh max-w-[85vw]", side === "right" ? "w-96 border-l" : "w-64 border-r bg-ground")}
    >
      <AriaDialog aria-label={label} className="h-full overflow-y-auto outline-none">
        {children}
      </AriaDialog>
    </Sheet>
  );
}
