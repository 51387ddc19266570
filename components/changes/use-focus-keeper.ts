"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * When what was pressed goes with the state it belonged to, as Apply does, the keyboard goes on at this element
 * instead of at the top of the page.
 * @param state what draws other buttons when it changes
 */
export function useFocusKeeper(state: string): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const drawn = useRef(state);
  useEffect(() => {
    if (drawn.current === state) return;
    drawn.current = state;
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [state]);
  return ref;
}
