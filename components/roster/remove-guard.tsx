"use client";

import { guardWords } from "@/components/roster/roster-words";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { removeGuardAction } from "@/lib/roster/actions";
import type { GuardKind } from "@/lib/roster/model/guard-kinds";

type RemoveGuardProps = { tenantId: string; userNameKey: string; kind: GuardKind };

export function RemoveGuard({ tenantId, userNameKey, kind }: RemoveGuardProps) {
  const { word, meaning } = guardWords[kind];
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" aria-label={`Remove “${word}” from ${userNameKey}`}>
          Take away
        </Button>
      }
      title={`Remove “${word}” from ${userNameKey}`}
      confirmLabel={`Remove “${word}”`}
      tone="danger"
      action={removeGuardAction}
      fields={{ tenantId, userNameKey, kind }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>Until now: {meaning} From the next plan on, this guard no longer applies to them.</p>
    </ConfirmDialog>
  );
}
