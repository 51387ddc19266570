"use client";

import { foldListFields } from "@/components/tenants/fold-list-fields";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import { updateTenantAction } from "@/lib/tenants/actions";

export type Limits = {
  tenantId: string;
  name: string;
  domains: string[];
  rateMax: number | null;
  inFlightMax: number;
  visibleInMinutes: number;
};

/** Without a stored rate the field starts at a new tenant's rate: the form cannot express "no limit". */
const rateAtFirst = 2;

/** The contents of a LimitsDialog. */
export function LimitsForm({ limits, onDone }: { limits: Limits; onDone: () => void }) {
  return (
    <ActionForm
      name="tenant-limits"
      action={async (_previous: unknown, form: FormData) =>
        foldListFields(await updateTenantAction(null, form))
      }
      onDone={onDone}
    >
      <input type="hidden" name="tenantId" value={limits.tenantId} />
      <TextField label="Name" name="name" defaultValue={limits.name} autoComplete="off" isRequired />
      <TextField
        label="E-mail domains"
        name="domains"
        defaultValue={limits.domains.join(", ")}
        description="A plan warns about addresses of another tenant's domain."
        autoComplete="off"
        isCode
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="Rate limit"
          name="rate"
          value={limits.rateMax ?? rateAtFirst}
          unit="requests a second"
        />
        <NumberField label="At a time" name="inFlightMax" value={limits.inFlightMax} unit="requests" />
        <NumberField
          label="Expected to be confirmed within"
          name="visibleInMinutes"
          value={limits.visibleInMinutes}
          unit="minutes; after that, an accepted operation shows why it is not"
        />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button slot="close">Cancel</Button>
        <SubmitButton pendingLabel="Saving…">Save {limits.name}</SubmitButton>
      </div>
    </ActionForm>
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
