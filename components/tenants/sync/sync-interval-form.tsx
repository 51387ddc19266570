"use client";

import { ActionForm } from "@/components/ui/actions/action-form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import { setSyncIntervalAction } from "@/lib/tenants/actions";

type ScheduleFormProps = { tenantId: string; everyMinutes: number | null };

/** How often a tenant is synced; empty means only by hand. */
export function ScheduleForm({ tenantId, everyMinutes }: ScheduleFormProps) {
  return (
    <ActionForm name="sync-interval" action={setSyncIntervalAction} doneText="Saved.">
      <input type="hidden" name="tenantId" value={tenantId} />
      <div className="flex flex-col items-start gap-3">
        <TextField
          label="Minutes between syncs"
          name="everyMinutes"
          defaultValue={everyMinutes === null ? "" : String(everyMinutes)}
          inputMode="numeric"
          autoComplete="off"
          description="From 5 to 10,080, which is a week. Leave it empty to sync only by hand."
          className="w-full sm:w-96"
        />
        <SubmitButton variant="secondary" pendingLabel="Saving…">
          Save
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
