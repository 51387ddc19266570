"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { adoptInventoryAction } from "@/lib/roster/actions";

type AdoptDialogProps = { tenant: { id: string; name: string; active: number }; isAgain: boolean };

export function AdoptDialog({ tenant: { id, name, active }, isAgain }: AdoptDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button>{isAgain ? "Adopt the inventory again" : "Adopt the inventory"}</Button>}
      title={`Adopt the inventory of ${name}`}
      confirmLabel={`Adopt the inventory of ${name}`}
      action={adoptInventoryAction}
      fields={{ tenantId: id }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>
        Everybody found by the last full read of {name}, {countOf(active, "active person", "active people")}{" "}
        among them, is added to its roster. Nothing is sent. Values from other sources are kept.
      </p>
    </ConfirmDialog>
  );
}
