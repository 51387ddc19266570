"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import type { z } from "zod";
import { planChangeAction } from "@/lib/changes/actions";
import type { planChangeSchema } from "@/lib/changes/schema";
import { silentMessage } from "@/components/changes/model/silent-message";
import { type ActionState, useAction } from "@/components/ui/actions/use-action";

export type PlanInput = z.input<typeof planChangeSchema>;

export type PlanFormState = ActionState<FormData, { changeId: string; number: number }>;

/**
 * A form that makes a plan: sends it, opens the plan, or shows each refusal at its field.
 * @param toInput the form's input, or why it has none
 */
export function usePlanForm(toInput: (form: FormData) => PlanInput | string): PlanFormState {
  const router = useRouter();
  return useAction(
    async (form: FormData) => {
      const input = toInput(form);
      if (typeof input === "string") return { ok: false, message: input, fields: {} };
      return planChangeAction(input);
    },
    {
      onDone: ({ changeId }) => startTransition(() => router.push(`/changes/${changeId}`)),
      silentMessage,
    },
  );
}

/** Messages that match no field, each once. */
export function messagesAbout(fields: Record<string, string>, path: string): string[] {
  const about = Object.entries(fields).filter(([name]) => name === path || name.startsWith(`${path}.`));
  return [...new Set(about.map(([, message]) => message))];
}
