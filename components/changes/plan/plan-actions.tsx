"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ask } from "@/components/changes/model/ask";
import { canApply, toApplyLabel } from "@/components/changes/plan/apply-words";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { applyChangeAction, discardPlanAction, replanChangeAction } from "@/lib/changes/actions";
import type { ActionResult } from "@/lib/web/action-result";

export type PlanDeeds = {
  /** What the server would not do, in its words, or null. */
  refusal: string | null;
  /** Which deed is under way. */
  pending: "apply" | "discard" | "replan" | null;
  apply: () => void;
  discard: () => void;
  replan: () => void;
  /** Takes up what was refused elsewhere on the page, so that planning again is offered there too. */
  refuse: (message: string) => void;
};

/** What can be done with a plan. After each the change is asked for anew, also when it was refused. */
export function usePlanDeeds({ id, planHash }: ChangeView, refetch: () => Promise<unknown>): PlanDeeds {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [deed, setDeed] = useState<PlanDeeds["pending"]>(null);
  const [isPending, startTransition] = useTransition();

  function run<T>(
    name: PlanDeeds["pending"],
    calling: () => Promise<ActionResult<T>>,
    onDone?: (data: T) => void,
  ) {
    setDeed(name);
    setRefusal(null);
    startTransition(async () => {
      const result = await ask(calling);
      if (result.ok) onDone?.(result.data);
      else startTransition(() => setRefusal(result.message));
      await refetch();
    });
  }

  return {
    refusal,
    pending: isPending ? deed : null,
    refuse: setRefusal,
    apply: () => run("apply", () => applyChangeAction({ changeId: id, planHash })),
    discard: () => run("discard", () => discardPlanAction({ changeId: id })),
    replan: () =>
      run(
        "replan",
        () => replanChangeAction({ changeId: id }),
        (data) => startTransition(() => router.push(`/changes/${data.changeId}`)),
      ),
  };
}

type PlanActionsProps = { change: ChangeView; deeds: PlanDeeds; isExpired: boolean };

/** The buttons of a plan that was not applied; the primary one says the whole deed. */
export function PlanActions({ change, deeds, isExpired }: PlanActionsProps) {
  const { pending } = deeds;
  const isBusy = pending !== null;
  return (
    <>
      <Button
        variant="quiet"
        onPress={deeds.discard}
        isPending={pending === "discard"}
        isDisabled={isBusy && pending !== "discard"}
      >
        Discard
      </Button>
      {isExpired ? (
        <Button
          variant="primary"
          onPress={deeds.replan}
          isPending={pending === "replan"}
          isDisabled={isBusy && pending !== "replan"}
        >
          Plan again
        </Button>
      ) : (
        <Button
          variant="primary"
          onPress={deeds.apply}
          isPending={pending === "apply"}
          isDisabled={!canApply(change) || (isBusy && pending !== "apply")}
          aria-describedby={canApply(change) ? undefined : nothingToApplyId}
        >
          {toApplyLabel(change)}
        </Button>
      )}
    </>
  );
}

export const nothingToApplyId = "nothing-to-apply";
