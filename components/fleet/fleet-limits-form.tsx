"use client";

import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { setFleetLimitsAction } from "@/lib/fleet/actions";

export function FleetLimitsForm({ holdMin, holdPercent }: { holdMin: number; holdPercent: number }) {
  return (
    <ActionForm
      name="fleet-limits"
      action={setFleetLimitsAction}
      doneText="Saved. New plans follow these limits."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Held above"
          name="holdMin"
          defaultValue={String(holdMin)}
          description="people"
          inputMode="decimal"
          autoComplete="off"
          isRequired
        />
        <TextField
          label="and above"
          name="holdPercent"
          defaultValue={String(holdPercent)}
          description="% of the active people of all tenants"
          inputMode="decimal"
          autoComplete="off"
          isRequired
        />
      </div>
      <TextArea
        label="Reason"
        name="reason"
        rows={2}
        description="The audit log keeps it beside the old and the new limits."
        isRequired
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save the fleet&rsquo;s limits</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
