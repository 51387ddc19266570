"use client";

import { Ban, Pause, Play } from "lucide-react";
import { useState, useTransition } from "react";
import { ask } from "@/components/changes/model/ask";
import { SteeringCancel } from "@/components/changes/steering/cancel-dialog";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { pauseChangeAction, resumeChangeAction } from "@/lib/changes/actions";
import type { ActionResult } from "@/lib/web/action-result";

type SteeringActionsProps = { change: ChangeView; refetch: () => Promise<unknown> };

/** What can be done with a change that is being carried out: stop it half-way, let it go on, or end it there. */
export function SteeringActions({ change, refetch }: SteeringActionsProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();

  function resume() {
    startTransition(async () => {
      const result = await ask(() => resumeChangeAction({ changeId: change.id }));
      setRefusal(result.ok ? null : result.message);
      await refetch();
    });
  }

  async function pause(previous: ActionResult<void> | null, form: FormData) {
    const result = await ask(() => pauseChangeAction(previous, form));
    if (result.ok) await refetch();
    return result;
  }

  return (
    <>
      {refusal ? (
        <span role="alert" className="text-12 text-failed">
          {refusal}
        </span>
      ) : null}
      <SteeringCancel
        change={change}
        refetch={refetch}
        trigger={
          <Button variant="quiet" icon={<Ban aria-hidden />}>
            Cancel the rest…
          </Button>
        }
      />
      {change.standing === "paused" ? (
        <Button variant="primary" icon={<Play aria-hidden />} onPress={resume} isPending={isPending}>
          Resume
        </Button>
      ) : (
        <ConfirmDialog
          trigger={<Button icon={<Pause aria-hidden />}>Pause…</Button>}
          title="Pause this change"
          confirmLabel="Pause it"
          action={pause}
          fields={{ changeId: change.id }}
          reason={{ label: "Reason", isRequired: true, description: "It stands in the audit log." }}
        >
          <p>
            Nothing more of it is sent until somebody resumes it; a request that is on its way still ends. The
            tenants go on with other changes meanwhile.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
