"use client";

import { lazy, Suspense } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { approveAloneAction, stopApprovalAction } from "@/lib/changes/actions";

// Few people ever open it, and every change page would load its fields.
const AloneFields = lazy(async () => ({
  default: (await import("@/components/changes/plan/alone-fields")).AloneFields,
}));

type AloneProps = { change: ChangeView; refetch: () => Promise<unknown> };

/** For an author where nobody else may approve: asks for the number of lines and the password, and waits an hour. */
export function ApproveAlone({ change, refetch }: AloneProps) {
  const lines = countOf(change.counts.held, "held line", "held lines");
  return (
    <ConfirmDialog
      trigger={<Button>Ask to approve alone</Button>}
      title={`Ask to approve ${lines} alone`}
      confirmLabel="Ask, and wait an hour"
      tone="danger"
      action={approveAloneAction}
      onSettled={refetch}
      silentMessage={silentMessage}
      fields={{ changeId: change.id, planHash: change.planHash }}
      reason={{
        label: "Why is this right?",
        isRequired: true,
        description: "Auditors see it beside your name.",
      }}
    >
      <p>
        Nobody but you and other authors of this change may act in its tenants. You can approve it after an
        hour, if that is still so. Until then every operator who may act there sees it and can stop it. The
        record says for ever that you approved alone.
      </p>
      <Suspense fallback={null}>
        <AloneFields />
      </Suspense>
    </ConfirmDialog>
  );
}

/** An author's own approval that waits for its hour: who asked, why, until when, and the way to stop it. */
export function WaitingApproval({ change, refetch, mayStop }: AloneProps & { mayStop: boolean }) {
  const waiting = change.approvals.find(
    ({ waitsUntil, givenAt, stopped }) => waitsUntil !== null && givenAt === null && stopped === null,
  );
  if (!waiting?.waitsUntil || change.counts.held === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3">
      <p>
        {waiting.by} asked to approve alone: “{waiting.reason}”. End of the wait:{" "}
        <Time at={waiting.waitsUntil} />.
      </p>
      {mayStop ? (
        <ConfirmDialog
          trigger={<Button size="small">Stop this approval</Button>}
          title={`Stop the approval of ${waiting.by}`}
          confirmLabel="Stop this approval"
          action={stopApprovalAction}
          onSettled={refetch}
          silentMessage={silentMessage}
          fields={{ changeId: change.id }}
          reason={{ label: "Why is it stopped?", isRequired: true }}
        >
          <p>
            The lines stay held. If you are not who asked, nobody can approve them alone any more: agree on
            it, then plan the change again.
          </p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
