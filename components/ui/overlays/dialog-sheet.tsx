"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
import type { OpenOverlay } from "@/components/ui/overlays/opener";
import { Sheet } from "@/components/ui/overlays/sheet";

export type DialogSheetProps = {
  title: string;
  size?: "medium" | "large";
  /** False if a click outside must not discard typed text. */
  isDismissable?: boolean;
  /** A Button with `slot="close"` anywhere inside closes it. */
  children: ReactNode;
};

/** The contents of an open Dialog. */
export function DialogSheet(props: DialogSheetProps & OpenOverlay) {
  const { title, size = "medium", isDismissable, children, isOpen, onOpenChange } = props;
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      overlayClassName="items-end justify-center p-3 sm:items-start sm:pt-[12vh]"
      className={cx("w-full rounded-2 border", size === "large" ? "max-w-2xl" : "max-w-lg")}
    >
      <AriaDialog className="flex max-h-[80dvh] flex-col outline-none">
        <div className="flex items-start gap-3 px-5 pt-4 pb-1">
          <Heading slot="title" className="flex-1 py-1 text-15 font-semibold">
            {title}
          </Heading>
          <IconButton slot="close" label="Close">
            <X aria-hidden />
          </IconButton>
        </div>
        <div className="overflow-y-auto px-5 pb-5">{children}</div>
      </AriaDialog>
    </Sheet>
  );
}
