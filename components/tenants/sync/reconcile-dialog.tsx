"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { setReconcilesAction } from "@/lib/tenants/actions";

type ReconcileDialogProps = { tenantId: string; name: string; reconciles: boolean };

/** Switches it on in the name of whoever does so, or off; both with a reason. */
export function ReconcileDialog({ tenantId, name, reconciles }: ReconcileDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="small">{reconciles ? "Switch off…" : "Switch on…"}</Button>}
      title={
        reconciles ? `Stop applying the roster of ${name} by itself` : `Apply the roster of ${name} by itself`
      }
      confirmLabel={reconciles ? "Switch it off" : "Switch it on in my name"}
      action={setReconcilesAction}
      fields={{ tenantId, reconciles: reconciles ? "off" : "on" }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>
        {reconciles
          ? "Syncs go on reading. What differs from the roster stays as it is until somebody plans it."
          : "From the next sync on, what differs from the roster is written to KnowBe4 without anybody looking at the plan first. The rails hold what is too much, and another operator than you lets that go."}
      </p>
    </ConfirmDialog>
  );
}
