"use client";

import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { FormAction } from "@/components/ui/actions/outcome";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";

type RailsDialogProps = {
  tenantId: string;
  /** "Edit limits" */
  trigger: string;
  title: string;
  confirmLabel: string;
  action: FormAction<void>;
  children: ReactNode;
};

/** The frame of every dialog that changes a rail: its fields and a reason. */
export function RailsDialog({ tenantId, trigger, title, confirmLabel, action, children }: RailsDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={title}
      trigger={<Button size="small">{trigger}</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
    >
      <ActionForm name={title} action={action} onDone={() => setIsOpen(false)}>
        <input type="hidden" name="tenantId" value={tenantId} />
        {children}
        <TextArea
          label="Reason"
          name="reason"
          rows={2}
          description="Say who agreed. The audit log keeps it beside the old and the new value."
          isRequired
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button slot="close">Cancel</Button>
          <SubmitButton pendingLabel="Saving…">{confirmLabel}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}

type NumberFieldProps = {
  label: string;
  name: string;
  value: number | null;
  unit: string;
  isRequired?: boolean;
};

export function NumberField({ label, name, value, unit, isRequired = true }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      name={name}
      defaultValue={value === null ? "" : String(value)}
      description={unit}
      inputMode="decimal"
      autoComplete="off"
      isRequired={isRequired}
    />
  );
}
