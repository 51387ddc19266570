"use client";

import type { ReactNode } from "react";
import type { ChangeView, RunView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { cancelChangeAction } from "@/lib/changes/actions";

type SteeringCancelProps = {
  change: ChangeView;
  /** One tenant's run; undefined means the whole change. */
  run?: RunView;
  refetch: () => Promise<unknown>;
  trigger: ReactNode;
};

/** Cancels unsent operations, in one tenant or in all. Warns that sent operations cannot be recalled. */
export function SteeringCancel({ change, run, refetch, trigger }: SteeringCancelProps) {
  const { queued, held, sent, unknown, accepted, confirmed } = (run ?? change).counts;
  const rest = queued + held;
  const gone = sent + unknown + accepted + confirmed;
  const where = run ? ` in ${run.tenantName}` : "";

  return (
    <ConfirmDialog
      trigger={trigger}
      title={`Cancel the rest of this change${where}`}
      confirmLabel={`Cancel ${countOf(rest, "operation", "operations")}${where}`}
      dismissLabel="Keep it"
      tone="danger"
      action={cancelChangeAction}
      onSettled={refetch}
      silentMessage={silentMessage}
      fields={{ changeId: change.id, ...(run ? { tenantId: run.tenantId } : {}) }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <p>
        {rest === 0
          ? "Nothing is waiting to be sent; "
          : `${countOf(rest, "operation is", "operations are")} not sent and end here; `}
        {gone === 0
          ? "nothing has been sent."
          : `${countOf(gone, "operation was", "operations were")} already sent and are still followed until they are confirmed or failed.`}{" "}
        A cancelled change cannot be resumed. What was sent can be undone once the change has ended.
      </p>
    </ConfirmDialog>
  );
}
