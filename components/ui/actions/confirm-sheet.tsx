"use client";

import { ConfirmForm, type ConfirmFormProps } from "@/components/ui/actions/confirm-form";
import { DialogSheet } from "@/components/ui/overlays/dialog-sheet";
import type { OpenOverlay } from "@/components/ui/overlays/opener";

export type ConfirmSheetProps<T> = ConfirmFormProps<T> & {
  /** The action as a question or a sentence: "Archive 3 people in Contoso Legal". */
  title: string;
};

/** The sheet and the form of a ConfirmDialog, in one piece of code to fetch. */
export function ConfirmSheet<T>({ title, ...props }: ConfirmSheetProps<T> & OpenOverlay) {
  const { isOpen, onOpenChange, triggerRef, ...form } = props;
  return (
    <DialogSheet
      title={title}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      triggerRef={triggerRef}
      isDismissable={false}
    >
      <ConfirmForm
        {...form}
        name={title}
        onDone={(data) => {
          onOpenChange(false);
          form.onDone?.(data);
        }}
      />
    </DialogSheet>
  );
}
