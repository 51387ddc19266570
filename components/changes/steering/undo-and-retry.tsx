"use client";

import { RotateCcw, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { canRetry, canUndo, tenantsToRetry, tenantsToUndo } from "@/components/changes/steering/undo-facts";
import type { ChangeView } from "@/components/changes/model/wire";
import { startTransition } from "react";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ActionButton } from "@/components/ui/action-button";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { planChangeAction } from "@/lib/changes/actions";
import { formatChangeNumber } from "@/lib/change-number";

type Planned = { changeId: string; number: number };

/** Retry and undo of a change that has ended; each makes a plan. */
export function UndoAndRetry({ change }: { change: ChangeView }) {
  const router = useRouter();
  const { id: changeId, ticket } = change;
  const number = formatChangeNumber(change.number);

  const goTo = ({ changeId: planned }: Planned) => startTransition(() => router.push(`/changes/${planned}`));

  function undo(_previous: unknown, form: FormData) {
    const intent = { kind: "undo" as const, changeId, tenantIds: tenantsToUndo(change) };
    return planChangeAction({ intent, reason: String(form.get("reason") ?? ""), ticket });
  }

  return (
    <>
      {canUndo(change) ? (
        <ConfirmDialog
          trigger={<Button icon={<Undo2 aria-hidden />}>Undo…</Button>}
          title={`Undo ${number}`}
          confirmLabel="Plan the undo"
          action={undo}
          onDone={goTo}
          silentMessage={silentMessage}
          reason={{ label: "Reason", isRequired: true, description: `Why ${number} is undone.` }}
        >
          <p>
            This plans a new change: created people are archived, archived people are restored, values return to what they were. What others changed since is left alone. You see every line before anything is sent.
          </p>
          {change.counts.accepted > 0 ? (
            <p>
              {countOf(change.counts.accepted, "operation is", "operations are")} accepted, not confirmed yetand cannot be undone yet. To undo them too, wait until they are confirmed.
            </p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {canRetry(change) ? (
        <ActionButton
          action={planChangeAction}
          input={{
            intent: { kind: "retry", changeId, tenantIds: tenantsToRetry(change) },
            reason: `Retry what failed in ${number}`,
            ticket,
          }}
          label={`Retry ${change.counts.failed.toLocaleString("en-GB")} failed`}
          variant="primary"
          icon={<RotateCcw aria-hidden />}
          onDone={goTo}
          silentMessage={silentMessage}
        />
      ) : null}
    </>
  );
}
