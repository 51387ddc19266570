"use client";

import { NumberField, RailsDialog } from "@/components/rails/rails-dialog";
import { setHoldLimitsAction } from "@/lib/tenants/actions";
import type { SetHoldLimits } from "@/lib/tenants/schema";

type HoldLimitsDialogProps = { name: string; limits: Omit<SetHoldLimits, "reason"> };

export function HoldLimitsDialog({ name, limits }: HoldLimitsDialogProps) {
  return (
    <RailsDialog
      tenantId={limits.tenantId}
      trigger="Edit limits"
      title={`Limits of ${name}`}
      confirmLabel={`Save limits of ${name}`}
      action={setHoldLimitsAction}
    >
      <p className="text-ink-2">The larger number applies. With 0 in both, all are held.</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="Archives above"
          name="archiveHoldMin"
          value={limits.archiveHoldMin}
          unit="people"
        />
        <NumberField
          label="and archives above"
          name="archiveHoldPercent"
          value={limits.archiveHoldPercent}
          unit="% of the active people"
        />
        <NumberField
          label="Restores above"
          name="restoreHoldMin"
          value={limits.restoreHoldMin}
          unit="people"
        />
        <NumberField
          label="and restores above"
          name="restoreHoldPercent"
          value={limits.restoreHoldPercent}
          unit="% of the active people"
        />
        <NumberField
          label="Removals above"
          name="removalHoldMin"
          value={limits.removalHoldMin}
          unit="members removed from groups"
        />
        <NumberField
          label="and removals above"
          name="removalHoldPercent"
          value={limits.removalHoldPercent}
          unit="% of the active people"
        />
      </div>
    </RailsDialog>
  );
}
