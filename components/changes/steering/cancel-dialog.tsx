"use client";

import type { ReactNode } from "react";
import type { ChangeView, RunView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { cancelChangeAction } from "@/lib/changes/actions";

type SteeringCancelProps = {
  change: ChangeView;
  /** One tenant's share; all of the change when left out. */
  run?: RunView;
  refetch: () => Promise<unknown>;
  trigger: ReactNode;
};

/** Ends what is not sent yet, in one tenant or in all. What was sent cannot be taken back, and is said to be so. */
export function SteeringCancel({ change, run, refetch, trigger }: SteeringCancelProps) {
  const { queued, held, sent, unknown, accepted, confirmed } = (run ?? change).counts;
  const rest = queued + held;
  const gone = sent + unknown + accepted + confirmed;
  const where = run ? ` in ${run.tenantName}` : "";

  return (
    <ConfirmDialog
      trigger={trigger}
      title={`Cancel what is left of this change${where}`}
      confirmLabel={`Cancel ${countOf(rest, "operation", "operations")}${where}`}
      dismissLabel="Do not cancel"
      tone="danger"
      action={cancelChangeAction}
      onSettled={refetch}
      silentMessage={silentMessage}
      fields={{ changeId: change.id, ...(run ? { tenantId: run.tenantId } : {}) }}
      reason={{ label: "Reason", isRequired: true, description: "It stands in the audit log." }}
    >
      <p>
        {rest === 0
          ? "Nothing waits to be sent; "
          : `${countOf(rest, "operation is", "operations are")} not sent and end here; `}
        {gone === 0
          ? "nothing was sent so far."
          : `${countOf(gone, "operation was", "operations were")} sent already, and each is still followed until it is settled and seen.`}{" "}
        A cancelled change does not go on; an undo is planned once it has ended.
      </p>
    </ConfirmDialog>
  );
}
