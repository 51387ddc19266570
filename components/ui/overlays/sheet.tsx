"use client";

import type { ReactNode } from "react";
import { Modal, ModalOverlay } from "react-aria-components";
import { cx } from "@/components/ui/cx";

type SheetProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  isDismissable?: boolean;
  overlayClassName?: string;
  className?: string;
  children: ReactNode;
};

/** The backdrop and sheet that dialogs and drawers share: focus stays inside and returns afterwards. */
export function Sheet(props: SheetProps) {
  const { isOpen, onOpenChange, isDismissable = true, overlayClassName, className, children } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className={cx("fixed inset-0 z-50 flex bg-veil", overlayClassName)}
    >
      <Modal className={cx("border-line bg-surface text-ink shadow-lift outline-none", className)}>
        {children}
      </Modal>
    </ModalOverlay>
  );
}
