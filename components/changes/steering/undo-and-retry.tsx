"use client";

import { RotateCcw, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useState, useTransition } from "react";
import { ask } from "@/components/changes/model/ask";
import { canRetry, canUndo, tenantsToRetry, tenantsToUndo } from "@/components/changes/steering/undo-facts";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { countOf } from "@/components/words/count-words";
import { planChangeAction } from "@/lib/changes/actions";
import { formatChangeNumber } from "@/lib/change-number";
import type { ActionResult } from "@/lib/web/action-result";

type Planned = ActionResult<{ changeId: string; number: number }>;

/** What a change that has ended leaves to do: what failed once more, or the opposite of what was done; both as plans. */
export function UndoAndRetry({ change }: { change: ChangeView }) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startPlanning] = useTransition();
  const { id: changeId, ticket } = change;
  const number = formatChangeNumber(change.number);

  function goTo(planned: Planned): Planned {
    if (planned.ok) startTransition(() => router.push(`/changes/${planned.data.changeId}`));
    return planned;
  }

  function retry() {
    startPlanning(async () => {
      const intent = { kind: "retry" as const, changeId, tenantIds: tenantsToRetry(change) };
      const reason = `What failed of ${number} once more`;
      const planned = goTo(await ask(() => planChangeAction({ intent, reason, ticket })));
      setRefusal(planned.ok ? null : planned.message);
    });
  }

  async function undo(_previous: unknown, form: FormData): Promise<Planned> {
    const intent = { kind: "undo" as const, changeId, tenantIds: tenantsToUndo(change) };
    const reason = String(form.get("reason") ?? "");
    return goTo(await ask(() => planChangeAction({ intent, reason, ticket })));
  }

  return (
    <>
      {refusal ? (
        <span role="alert" className="text-12 text-failed">
          {refusal}
        </span>
      ) : null}
      {canUndo(change) ? (
        <ConfirmDialog
          trigger={<Button icon={<Undo2 aria-hidden />}>Undo…</Button>}
          title={`Plan the opposite of ${number}`}
          confirmLabel="Plan the undo"
          action={undo}
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
        <Button variant="primary" icon={<RotateCcw aria-hidden />} onPress={retry} isPending={isPending}>
          {`Retry ${change.counts.failed.toLocaleString("en-GB")} failed`}
        </Button>
      ) : null}
    </>
  );
}
