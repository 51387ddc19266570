"use client";

import { useRouter } from "next/navigation";
import { type RefObject, startTransition, useActionState, useEffect, useRef } from "react";
import type { z } from "zod";
import { ask } from "@/components/changes/model/ask";
import { refuseOversize } from "@/components/ui/action-form";
import { planChangeAction } from "@/lib/changes/actions";
import type { planChangeSchema } from "@/lib/changes/schema";
import type { ActionRefused, ActionResult } from "@/lib/web/action-result";

export type PlanInput = z.input<typeof planChangeSchema>;

export type PlanForm = {
  submit: (form: FormData) => void;
  refusal: ActionRefused | null;
  /** From the press until the plan's page is there: a second press must not make a second change. */
  isPending: boolean;
  /** Belongs around the form: focus goes to the first mistake inside it. */
  ref: RefObject<HTMLDivElement | null>;
};

/**
 * A form that ends in a plan: asks for it, goes to its page, or shows what was refused where it belongs.
 * @param toInput what the form asks for, or why it asks for nothing
 */
export function usePlanForm(toInput: (form: FormData) => PlanInput | string): PlanForm {
  const router = useRouter();
  const ref = useRef<HTMLDivElement>(null);
  const [result, submit, isPending] = useActionState(plan, null);

  async function plan(_previous: PlanResult | null, form: FormData): Promise<PlanResult> {
    const oversize = refuseOversize(form);
    if (oversize) return oversize;
    const input = toInput(form);
    if (typeof input === "string") return { ok: false, message: input, fields: {} };
    const planned = await ask(() => planChangeAction(input));
    if (planned.ok) startTransition(() => router.push(`/changes/${planned.data.changeId}`));
    return planned;
  }

  useEffect(() => {
    if (result?.ok === false) focusFirstMistake(ref.current);
  }, [result]);

  const refusal = result?.ok === false ? result : null;
  return { submit, refusal, isPending: isPending || result?.ok === true, ref };
}

type PlanResult = ActionResult<{ changeId: string; number: number }>;

/** The first field that was refused, opening what hides it; where no field is to blame, the message itself. */
function focusFirstMistake(form: HTMLElement | null): void {
  const mistake = form?.querySelector<HTMLElement>("[aria-invalid=true], [data-mistake]");
  mistake?.closest("details")?.setAttribute("open", "");
  const field = mistake?.matches("input, textarea") ? mistake : mistake?.querySelector<HTMLElement>("input");
  const target = field ?? mistake ?? form?.querySelector<HTMLElement>("[role=alert]");
  if (!target) return;
  if (!target.matches("input, textarea")) target.tabIndex = -1;
  target.focus();
}

/** The messages about a part of the input that has no field of its own name, each once. */
export function messagesAbout(fields: Record<string, string>, path: string): string[] {
  const about = Object.entries(fields).filter(([name]) => name === path || name.startsWith(`${path}.`));
  return [...new Set(about.map(([, message]) => message))];
}
