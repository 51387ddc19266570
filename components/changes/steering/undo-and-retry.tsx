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

/** What a change that has ended leaves to do: what failed once more, or the opposite of what was done; both as plans. */
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
          title={`Plan the opposite of ${number}`}
          confirmLabel="Plan the undo"
          action={undo}
          onDone={goTo}
          silentMessage={silentMessage}
          reason={{ label: "Reason", isRequired: true, description: `Why ${number} is taken back.` }}
        >
          <p>
            It becomes a change of its own with a plan: what was created is archived, what was archived is
            restored, values go back to what they were. What others changed since is left alone. You see every
            line before anything is sent.
          </p>
          {change.counts.accepted > 0 ? (
            <p>
              {countOf(change.counts.accepted, "operation is", "operations are")} accepted and not seen yet,
              and cannot be part of it. Wait until they are, if they are to be taken back too.
            </p>
          ) : null}
        </ConfirmDialog>
      ) : null}
      {canRetry(change) ? (
        <ActionButton
          action={planChangeAction}
          input={{
            intent: { kind: "retry", changeId, tenantIds: tenantsToRetry(change) },
            reason: `What failed of ${number} once more`,
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
