"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { collectFields, type FieldValue, fillFields, holdsUnkept } from "@/components/ui/actions/form-fields";
import { type KeptText, useKeptText } from "@/components/ui/actions/use-kept-text";

const touches = ["pointerdown", "keydown", "focusin"] as const;

type KeptFields = { fields: FieldValue[]; isPartial: boolean };

/**
 * Keeps what was typed into a form's named fields while the page is loaded again. Fields that nobody changed take
 * what the new page gives them.
 * @param name of the form on its page; null keeps nothing
 * @param doneCount how often it was sent: what was sent is not kept
 */
export function useKeptFields(
  box: RefObject<HTMLElement | null>,
  name: string | null,
  doneCount: number,
): KeptText & { isPartial: boolean } {
  const untouched = useRef<ReadonlyMap<string, string | boolean>>(null);
  const restored = useRef<ReadonlySet<string>>(new Set());
  const [isPartial, setIsPartial] = useState(false);
  const filling = useRef<MutationObserver>(undefined);

  // What a field holds before anybody touches the form; noted late, because React Aria fills its selects after a while.
  useEffect(() => {
    const form = findForm(box);
    const note = () => {
      if (form) untouched.current ??= new Map(collectFields(form));
    };
    for (const event of touches) form?.addEventListener(event, note, true);
    return () => {
      for (const event of touches) form?.removeEventListener(event, note, true);
      untouched.current = null;
      restored.current = new Set();
      filling.current?.disconnect();
    };
  }, [box, doneCount]);

  const kept = useKeptText({
    name,
    collect: () => {
      const form = findForm(box);
      const before = untouched.current;
      const fields = form
        ? collectFields(form).filter(
            ([key, value]) => restored.current.has(key) || (before && (before.get(key) ?? "") !== value),
          )
        : [];
      return form && fields.length > 0 ? { fields, isPartial: holdsUnkept(form) } : null;
    },
    restore: (value) => {
      const form = findForm(box);
      if (!form || !isKeptFields(value)) return;
      setIsPartial(value.isPartial);
      restored.current = new Set(value.fields.map(([key]) => key));
      filling.current = fillAsTheyCome(form, value.fields);
    },
  });
  return { ...kept, isPartial };
}

/** Some fields come only with what another one shows. Whoever types meanwhile is not disturbed. */
function fillAsTheyCome(form: HTMLFormElement, values: readonly FieldValue[]): MutationObserver {
  let rest = fillFields(form, values);
  const observer = new MutationObserver(() => {
    rest = fillFields(form, rest);
    if (rest.length === 0) observer.disconnect();
  });
  if (rest.length > 0) observer.observe(form, { childList: true, subtree: true, attributes: true });
  form.addEventListener("keydown", () => observer.disconnect(), { once: true });
  form.addEventListener("pointerdown", () => observer.disconnect(), { once: true });
  return observer;
}

function isKeptFields(value: unknown): value is KeptFields {
  return typeof value === "object" && value !== null && "fields" in value && Array.isArray(value.fields);
}

function findForm(box: RefObject<HTMLElement | null>): HTMLFormElement | null {
  return box.current?.closest("form") ?? null;
}
