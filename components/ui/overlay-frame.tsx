"use client";

import type { ReactNode } from "react";
import { DialogTrigger, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "@/components/ui/cx";

export type OverlayState = {
  /** Give both to open and close it from outside; give neither and the trigger does it. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

type OverlayFrameProps = OverlayState & {
  /** A Button or IconButton. Without one, `isOpen` must be given. */
  trigger?: ReactNode;
  /** False where a slip of the pointer must not throw typed words away. */
  isDismissable?: boolean;
  overlayClassName?: string;
  className?: string;
  children: ReactNode;
};

/** The veil and the sheet on it that dialogs and drawers share: focus stays inside and returns to the trigger. */
export function OverlayFrame(props: OverlayFrameProps) {
  const { trigger, isOpen, onOpenChange, isDismissable = true } = props;
  const state = trigger ? {} : { isOpen, onOpenChange };
  const overlay = (
    <ModalOverlay
      {...state}
      isDismissable={isDismissable}
      className={cx("fixed inset-0 z-50 flex bg-veil", props.overlayClassName)}
    >
      <Modal className={cx("border-line bg-surface text-ink shadow-lift outline-none", props.className)}>
        {props.children}
      </Modal>
    </ModalOverlay>
  );
  if (!trigger) return overlay;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      {overlay}
    </DialogTrigger>
  );
}
