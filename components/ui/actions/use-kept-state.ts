"use client";

import { type Dispatch, type SetStateAction, useState } from "react";
import { type KeptText, useKeptText } from "@/components/ui/actions/use-kept-text";

export type KeptState = KeptText & {
  /** What it holds now was sent, and is not kept. */
  settle: () => void;
};

/**
 * useState for what a form builds up without named fields, such as rules: kept while the page is loaded again.
 * @param name unique on its page. It must name the stored version the edit began from, or an edit of an older
 *   version would be laid over a newer one; null keeps nothing
 * @param initial as JSON can hold it
 */
export function useKeptState<T>(
  name: string | null,
  initial: T,
): [value: T, setValue: Dispatch<SetStateAction<T>>, kept: KeptState] {
  const [settled, setSettled] = useState(initial);
  const [value, setValue] = useState(initial);
  const kept = useKeptText({
    name,
    collect: () => (JSON.stringify(value) === JSON.stringify(settled) ? null : value),
    restore: (given) => setValue(given as T),
  });
  return [value, setValue, { ...kept, settle: () => setSettled(value) }];
}
