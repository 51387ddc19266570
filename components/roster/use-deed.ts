"use client";

import { startTransition, useActionState } from "react";
import { ask } from "@/components/changes/model/ask";
import type { ActionRefused, ActionResult } from "@/lib/web/action-result";
import type { Action } from "@/lib/web/define-action";

export type Deed<Input, T> = {
  run: (input: Input) => void;
  isPending: boolean;
  /** What came of the last time; null before the first and while the next is under way. */
  done: T | null;
  refusal: ActionRefused | null;
};

/** Calls an action with a value that no plain form could hold, and keeps what came of it for showing. */
export function useDeed<Input, T>(action: Action<Input, T>, onDone?: (data: T) => void): Deed<Input, T> {
  const [result, dispatch, isPending] = useActionState<ActionResult<T> | null, Input>(
    async (_previous, input) => {
      const answered = await ask(() => action(input));
      if (answered.ok) onDone?.(answered.data);
      return answered;
    },
    null,
  );
  const shown = isPending ? null : result;
  return {
    run: (input) => startTransition(() => dispatch(input)),
    isPending,
    done: shown?.ok ? shown.data : null,
    refusal: shown?.ok === false ? shown : null,
  };
}
