"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { setEntryAction } from "@/lib/roster/actions";

/** Adds one person to the roster, with the source "operator". */
export function AddEntryDialog({ tenant: { id, name } }: { tenant: { id: string; name: string } }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Add somebody to the roster of ${name}`}
      trigger={<Button size="small">Add somebody</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
    >
      <ActionForm name="add-entry" action={setEntryAction} onDone={() => setIsOpen(false)}>
        <p className="text-ink-2">
          Nothing is sent. The next plan from the roster creates the account, or links an existing one.
        </p>
        <input type="hidden" name="tenantId" value={id} />
        <TextField label="Email" name="userName" inputMode="email" autoComplete="off" isRequired />
        <TextArea label="Reason" name="reason" rows={2} isRequired />
        <div className="flex flex-wrap justify-end gap-2">
          <Button slot="close">Cancel</Button>
          <SubmitButton pendingLabel="Adding…">Add to the roster of {name}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
