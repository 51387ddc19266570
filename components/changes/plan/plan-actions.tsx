"use client";

import { useRouter } from "next/navigation";
import { toApplyLabel } from "@/components/changes/plan/apply-words";
import type { ChangeView } from "@/components/changes/model/wire";
import { startTransition, useState } from "react";
import { silentMessage } from "@/components/changes/model/silent-message";
import { Button } from "@/components/ui/button";
import { DisabledButton } from "@/components/ui/disabled-button";
import { toDisabledWords } from "@/components/words/refusal-words";
import { changeCan } from "@/lib/changes/model/change-can";
import type { ChangeFacts } from "@/lib/changes/model/change-facts";
import { applyChangeAction, discardPlanAction, replanChangeAction } from "@/lib/changes/actions";
import type { Refusal } from "@/components/ui/actions/outcome";
import { useAction } from "@/components/ui/actions/use-action";

export type PlanActionStates = {
  /** Why the last action was refused, or null. */
  refusal: Refusal | null;
  /** The running action. */
  pending: "apply" | "discard" | "replan" | null;
  apply: () => void;
  discard: () => void;
  replan: () => void;
  /** Shows a refusal from elsewhere on the page, which offers "Plan again" too. */
  refuse: (refusal: Refusal) => void;
};

/** The actions of a plan. The change is fetched again after each, also after a refusal. */
export function usePlanActions(
  { id: changeId, planHash }: ChangeView,
  refetch: () => Promise<unknown>,
): PlanActionStates {
  const router = useRouter();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const options = { onRefused: setRefusal, onSettled: refetch, silentMessage };
  const apply = useAction(applyChangeAction, options);
  const discard = useAction(discardPlanAction, options);
  const replan = useAction(replanChangeAction, {
    ...options,
    onDone: (planned) => startTransition(() => router.push(`/changes/${planned.changeId}`)),
  });

  function begin(run: () => Promise<void>) {
    setRefusal(null);
    void run();
  }

  return {
    refusal,
    pending: apply.isPending ? "apply" : discard.isPending ? "discard" : replan.isPending ? "replan" : null,
    refuse: setRefusal,
    apply: () => begin(() => apply.run({ changeId, planHash })),
    discard: () => begin(() => discard.run({ changeId })),
    replan: () => begin(() => replan.run({ changeId })),
  };
}

type PlanActionsProps = {
  change: ChangeView;
  facts: ChangeFacts;
  actions: PlanActionStates;
  isExpired: boolean;
};

/** The buttons of a plan that is not applied; the primary one names the whole action. */
export function PlanActions({ change, facts, actions, isExpired }: PlanActionsProps) {
  const whyNot = toDisabledWords(changeCan.apply.whyNot(facts));
  const { pending } = actions;
  const isBusy = pending !== null;
  return (
    <>
      <Button
        variant="quiet"
        onPress={actions.discard}
        isPending={pending === "discard"}
        isDisabled={isBusy && pending !== "discard"}
      >
        Discard
      </Button>
      {isExpired ? (
        <Button
          variant="primary"
          onPress={actions.replan}
          isPending={pending === "replan"}
          isDisabled={isBusy && pending !== "replan"}
        >
          Plan again
        </Button>
      ) : whyNot ? (
        <DisabledButton variant="primary" why={whyNot}>
          {toApplyLabel(change)}
        </DisabledButton>
      ) : (
        <Button
          variant="primary"
          onPress={actions.apply}
          isPending={pending === "apply"}
          isDisabled={isBusy && pending !== "apply"}
        >
          {toApplyLabel(change)}
        </Button>
      )}
    </>
  );
}
