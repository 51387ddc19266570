"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { pauseTenantAction } from "@/lib/tenants/actions";

type PauseDialogProps = { tenantId: string; name: string; open: number; icon: ReactNode };

export function PauseDialog({ tenantId, name, open, icon }: PauseDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button icon={icon}>Pause {name}</Button>}
      title={`Pause ${name}`}
      confirmLabel={`Pause ${name}`}
      action={pauseTenantAction}
      fields={{ tenantId }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>
        Nothing is sent to {name} until somebody resumes it: no writes, no reads. Requests in flight still
        finish.
        {open > 0
          ? ` ${countOf(open, "operation that waits stays", "operations that wait stay")} where they are.`
          : ""}
      </p>
    </ConfirmDialog>
  );
}
