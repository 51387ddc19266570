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
  const filling = useRef<{ disconnect: () => void }>(undefined);

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

/** How long, and how often, it is seen to that restored values stay: React may still be taking the page over. */
const WATCHED_MS = 5_000;
const INTERVAL_MS = 100;

/**
 * Fills fields now and as they come: some are there only once another one is filled. While React takes a slow page
 * over it may put a field back to what the page came with, so what was put back is filled again, until somebody types.
 */
function fillAsTheyCome(form: HTMLFormElement, values: readonly FieldValue[]): { disconnect: () => void } {
  fillFields(form, values);
  const interval = setInterval(() => fillFields(form, values), INTERVAL_MS);
  const end = setTimeout(disconnect, WATCHED_MS);
  function disconnect() {
    clearInterval(interval);
    clearTimeout(end);
  }
  form.addEventListener("keydown", disconnect, { once: true });
  form.addEventListener("pointerdown", disconnect, { once: true });
  return { disconnect };
}

function isKeptFields(value: unknown): value is KeptFields {
  return typeof value === "object" && value !== null && "fields" in value && Array.isArray(value.fields);
}

function findForm(box: RefObject<HTMLElement | null>): HTMLFormElement | null {
  return box.current?.closest("form") ?? null;
}
