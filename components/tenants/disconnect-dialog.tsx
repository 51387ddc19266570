"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import type { FormAction } from "@/components/ui/actions/outcome";
import { countOf } from "@/components/words/count-words";
import { disconnectTenantAction } from "@/lib/tenants/actions";

type DisconnectDialogProps = { tenantId: string; name: string; open: number };

export function DisconnectDialog({ tenantId, name, open }: DisconnectDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button>Disconnect {name}…</Button>}
      title={`Disconnect ${name}`}
      confirmLabel={`Disconnect ${name}`}
      tone="danger"
      action={disconnect}
      fields={{ tenantId }}
      reason={{ label: "Reason", isRequired: true }}
      phrase={name}
    >
      <p>
        The token is destroyed now and cannot be restored.{" "}
        {open > 0
          ? `${countOf(open, "operation that waits is", "operations that wait are")} cancelled.`
          : "No operation waits."}{" "}
        People in KnowBe4 stay as they are; history, changes and audit are kept here.
      </p>
    </ConfirmDialog>
  );
}

/** The dialog's phrase is the action's tenant name. */
const disconnect: FormAction<void> = (_previous, form) =>
  disconnectTenantAction({
    tenantId: text(form, "tenantId"),
    name: text(form, "phrase"),
    reason: text(form, "reason"),
  });

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "");
}
