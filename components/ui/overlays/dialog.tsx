"use client";

import { lazy, type ReactNode } from "react";
import type { DialogSheetProps } from "@/components/ui/overlays/dialog-sheet";
import { Opener, type OverlayState } from "@/components/ui/overlays/opener";

const load = async () => ({ default: (await import("@/components/ui/overlays/dialog-sheet")).DialogSheet });
const DialogSheet = lazy(load);

type DialogProps = OverlayState &
  DialogSheetProps & {
    trigger?: ReactNode;
    /** Preloads the code of its contents, if that is lazy too. */
    loadChildren?: () => Promise<unknown>;
  };

export function Dialog({ trigger, isOpen, onOpenChange, loadChildren, ...sheet }: DialogProps) {
  return (
    <Opener
      kind="dialog"
      trigger={trigger}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      load={() => Promise.all([load(), loadChildren?.()])}
    >
      {(overlay) => <DialogSheet {...sheet} {...overlay} />}
    </Opener>
  );
}
