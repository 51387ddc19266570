"use client";

import { lazy, type ReactNode } from "react";
import type { ConfirmSheetProps, ConfirmSheet as FetchedSheet } from "@/components/ui/actions/confirm-sheet";
import { Opener, type OverlayState } from "@/components/ui/overlays/opener";

const load = async () => ({ default: (await import("@/components/ui/actions/confirm-sheet")).ConfirmSheet });
// lazy() forgets that it takes a type of its own.
const ConfirmSheet = lazy(load) as typeof FetchedSheet;

type ConfirmDialogProps<T> = OverlayState & ConfirmSheetProps<T> & { trigger?: ReactNode };

/** Asks once more before an action that costs something, and says what it costs. */
export function ConfirmDialog<T>({ trigger, isOpen, onOpenChange, ...sheet }: ConfirmDialogProps<T>) {
  return (
    <Opener kind="dialog" trigger={trigger} isOpen={isOpen} onOpenChange={onOpenChange} load={load}>
      {(overlay) => <ConfirmSheet {...sheet} {...overlay} />}
    </Opener>
  );
}
