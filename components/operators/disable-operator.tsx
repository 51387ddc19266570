"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { disableOperatorAction, endSessionsAction } from "@/lib/operators/actions";

type OperatorDialogProps = { operatorId: string; name: string };

export function DisableOperator({ operatorId, name }: OperatorDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button>Disable {name}…</Button>}
      title={`Disable ${name}`}
      confirmLabel={`Disable ${name}`}
      tone="danger"
      action={disableOperatorAction}
      fields={{ operatorId }}
    >
      <p>
        They are signed out everywhere and cannot sign in. Their running changes continue, and the audit log
        keeps what they did. An owner can enable them again.
      </p>
    </ConfirmDialog>
  );
}

export function EndSessions({ operatorId, name }: OperatorDialogProps) {
  return (
    <ConfirmDialog
      trigger={<Button>Sign {name} out everywhere…</Button>}
      title={`Sign ${name} out everywhere`}
      confirmLabel={`Sign ${name} out everywhere`}
      action={endSessionsAction}
      fields={{ operatorId }}
    >
      <p>Use this after a lost laptop. They can sign in again with their password.</p>
    </ConfirmDialog>
  );
}
