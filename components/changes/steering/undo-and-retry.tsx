"use client";

import { RotateCcw, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { tenantsToRetry, tenantsToUndo } from "@/components/changes/steering/undo-facts";
import type { ChangeView } from "@/components/changes/model/wire";
import { startTransition } from "react";
import { silentMessage } from "@/components/changes/model/silent-message";
import { ActionButton } from "@/components/ui/actions/action-button";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { DisabledButton } from "@/components/ui/disabled-button";
import { countOf } from "@/components/words/count-words";
import { toDisabledWords } from "@/components/words/refusal-words";
import { changeCan } from "@/lib/changes/model/change-can";
import type { ChangeFacts } from "@/lib/changes/model/change-facts";
import { planChangeAction } from "@/lib/changes/actions";
import { formatChangeNumber } from "@/lib/change-number";

type Planned = { changeId: string; number: number };

/** Undo and retry of an ended change. Each becomes a plan of its own. */
export function UndoAndRetry({ change, facts }: { change: ChangeView; facts: ChangeFacts }) {
  const router = useRouter();
  const { id: changeId, ticket } = change;
  const number = formatChangeNumber(change.number);
  const { counts } = change;
  const hasEnded = changeCan.undo.states.includes(facts.state);
  const retryLabel = `Retry ${Math.max(1, facts.unrepaired).toLocaleString("en-GB")} failed`;
  // What a retry took over is not repeated, but the button says where it goes on.
  const isOpen = facts.unrepaired > 0 || (counts.failed > 0 && facts.open.retry !== null);
  const whyNoUndo = toDisabledWords(changeCan.undo.whyNot(facts));
  const whyNoRetry = toDisabledWords(changeCan.retry.whyNot(facts));

  const goTo = ({ changeId: planned }: Planned) => startTransition(() => router.push(`/changes/${planned}`));

  function undo(_previous: unknown, form: FormData) {
    const intent = { kind: "undo" as const, changeId, tenantIds: tenantsToUndo(change) };
    return planChangeAction({ intent, reason: String(form.get("reason") ?? ""), ticket });
  }

  return (
    <>
      {!hasEnded || counts.confirmed + counts.accepted === 0 ? null : whyNoUndo ? (
        <DisabledButton icon={<Undo2 aria-hidden />} why={whyNoUndo}>
          Undo…
        </DisabledButton>
      ) : (
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
            This plans a new change: created people are archived, archived people are restored, values return
            to what they were. What others changed since is left alone. You see every line before anything is
            sent.
          </p>
          {change.counts.accepted > 0 ? (
            <p>
              {countOf(change.counts.accepted, "operation is", "operations are")} accepted but not confirmed
              and cannot be undone yet. To undo them too, wait until they are confirmed.
            </p>
          ) : null}
        </ConfirmDialog>
      )}
      {!hasEnded || !isOpen ? null : whyNoRetry ? (
        <DisabledButton icon={<RotateCcw aria-hidden />} why={whyNoRetry}>
          {retryLabel}
        </DisabledButton>
      ) : (
        <ActionButton
          action={planChangeAction}
          input={{
            intent: { kind: "retry", changeId, tenantIds: tenantsToRetry(change) },
            reason: `Retry what failed in ${number}`,
            ticket,
          }}
          label={retryLabel}
          variant="primary"
          icon={<RotateCcw aria-hidden />}
          onDone={goTo}
          silentMessage={silentMessage}
        />
      )}
    </>
  );
}
