"use client";

import { Ban, Pause, Play } from "lucide-react";
import { SteeringCancel } from "@/components/changes/steering/cancel-dialog";
import type { ChangeView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ActionButton } from "@/components/ui/actions/action-button";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { changeCan } from "@/lib/changes/model/change-can";
import type { ChangeFacts } from "@/lib/changes/model/change-facts";
import { pauseChangeAction, resumeChangeAction } from "@/lib/changes/actions";

type SteeringActionsProps = { change: ChangeView; facts: ChangeFacts; refetch: () => Promise<unknown> };

/** Pause, resume or cancel a change that is being applied. */
export function SteeringActions({ change, facts, refetch }: SteeringActionsProps) {
  return (
    <>
      <SteeringCancel
        change={change}
        refetch={refetch}
        trigger={
          <Button variant="quiet" icon={<Ban aria-hidden />}>
            Cancel the rest…
          </Button>
        }
      />
      {changeCan.resume(facts) ? (
        <ActionButton
          action={resumeChangeAction}
          input={{ changeId: change.id }}
          label="Resume"
          variant="primary"
          icon={<Play aria-hidden />}
          onSettled={refetch}
          silentMessage={silentMessage}
        />
      ) : (
        <ConfirmDialog
          trigger={<Button icon={<Pause aria-hidden />}>Pause…</Button>}
          title="Pause this change"
          confirmLabel="Pause change"
          action={pauseChangeAction}
          onSettled={refetch}
          silentMessage={silentMessage}
          fields={{ changeId: change.id }}
          reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
        >
          <p>
            Nothing more of it is sent until somebody resumes it. Requests in flight still finish. The tenants
            continue with other changes.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
