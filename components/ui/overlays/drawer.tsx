"use client";

import { lazy, type ReactNode } from "react";
import type { DrawerSheetProps } from "@/components/ui/overlays/drawer-sheet";
import { Opener, type OverlayState } from "@/components/ui/overlays/opener";

const load = async () => ({ default: (await import("@/components/ui/overlays/drawer-sheet")).DrawerSheet });
const DrawerSheet = lazy(load);

type DrawerProps = OverlayState & DrawerSheetProps & { trigger?: ReactNode };

/** A sheet along one side: the navigation on small screens, or details of one row. */
export function Drawer({ trigger, isOpen, onOpenChange, ...sheet }: DrawerProps) {
  return (
    <Opener kind="dialog" trigger={trigger} isOpen={isOpen} onOpenChange={onOpenChange} load={load}>
      {(overlay) => <DrawerSheet {...sheet} {...overlay} />}
    </Opener>
  );
}
