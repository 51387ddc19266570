"use client";

import { useState } from "react";
import { foldListFields } from "@/components/tenants/fold-list-fields";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { updateTenantAction } from "@/lib/tenants/actions";

type Limits = {
  tenantId: string;
  name: string;
  domains: string[];
  rateMax: number | null;
  inFlightMax: number;
  visibleInMinutes: number;
};

/** With no rate stored the field begins at what a new tenant starts with: the form has no word for "no limit". */
const rateAtFirst = 2;

export function LimitsDialog({ limits }: { limits: Limits }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Name, domains and pace of ${limits.name}`}
      trigger={<Button size="small">Edit</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
    >
      <ActionForm
        action={async (_previous: unknown, form: FormData) =>
          foldListFields(await updateTenantAction(null, form))
        }
        onDone={() => setIsOpen(false)}
      >
        <input type="hidden" name="tenantId" value={limits.tenantId} />
        <TextField label="Name" name="name" defaultValue={limits.name} autoComplete="off" isRequired />
        <TextField
          label="E-mail domains"
          name="domains"
          defaultValue={limits.domains.join(", ")}
          description="An address of another tenant's domain is pointed out in a plan."
          autoComplete="off"
          isCode
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label="Rate at most"
            name="rate"
            value={limits.rateMax ?? rateAtFirst}
            unit="requests a second"
          />
          <NumberField label="At a time" name="inFlightMax" value={limits.inFlightMax} unit="requests" />
          <NumberField
            label="Expected to be seen within"
            name="visibleInMinutes"
            value={limits.visibleInMinutes}
            unit="minutes; after that, what was accepted explains why it is not"
          />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button slot="close">Cancel</Button>
          <SubmitButton pendingLabel="Saving…">Save {limits.name}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}

type NumberFieldProps = { label: string; name: string; value: number; unit: string };

function NumberField({ label, name, value, unit }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      name={name}
      defaultValue={String(value)}
      description={unit}
      inputMode="decimal"
      autoComplete="off"
      isRequired
    />
  );
}
