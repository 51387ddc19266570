"use client";

import { useEffect, useState } from "react";
import { type KeptText, useKeptText } from "@/components/ui/actions/use-kept-text";
import { FieldKeeper, type KeptFields } from "@/components/ui/fields/field-keeper";

/**
 * Keeps what was typed into a form's named fields while the page is loaded again. Fields that nobody changed take
 * what the new page gives them.
 * @param name of the form on its page; null keeps nothing
 * @param doneCount how often it was sent: what was sent is not kept
 * @returns the keeper for the fields, and what to say about it: nothing is said to be back that no field has taken
 */
export function useKeptFields(
  name: string | null,
  doneCount: number,
): { keeper: FieldKeeper; kept: KeptText; isPartial: boolean } {
  const [isGiven, setIsGiven] = useState(false);
  const [isPartial, setIsPartial] = useState(false);
  const [keeper] = useState(() => new FieldKeeper(() => setIsGiven(true)));

  const kept = useKeptText({
    name,
    collect: () => keeper.collect(),
    restore: (value) => {
      if (!isKeptFields(value)) return;
      setIsPartial(value.isPartial);
      keeper.restore(value);
    },
  });
  useEffect(() => {
    if (doneCount > 0) keeper.settle();
  }, [keeper, doneCount]);

  return { keeper, kept: { ...kept, isRestored: isGiven }, isPartial };
}

function isKeptFields(value: unknown): value is KeptFields {
  return typeof value === "object" && value !== null && "values" in value && "isPartial" in value;
}
