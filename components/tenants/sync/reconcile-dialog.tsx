"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { setReconcilesAction } from "@/lib/tenants/actions";

type ReconcileDialogProps = { tenantId: string; name: string; reconciles: boolean };

/** Switches it on in the operator's name, or off; both with a reason. */
export function ReconcileDialog({ tenantId, name, reconciles }: ReconcileDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="small">{reconciles ? "Switch off…" : "Switch on…"}</Button>}
      title={
        reconciles
          ? `Stop applying the roster of ${name} with each sync`
          : `Apply the roster of ${name} with each sync`
      }
      confirmLabel={reconciles ? "Switch it off" : "Switch it on in my name"}
      action={setReconcilesAction}
      fields={{ tenantId, reconciles: reconciles ? "off" : "on" }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>
        {reconciles
          ? "Syncs continue to read. Differences from the roster stay until somebody plans a change."
          : "From the next sync on, differences from the roster are written to KnowBe4 without a review of the plan. The safety limits hold what passes one of them until another operator approves it."}
      </p>
    </ConfirmDialog>
  );
}
