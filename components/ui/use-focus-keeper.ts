"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * When what was pressed goes with the state it belonged to, as Apply does, or with the line it took out, the keyboard
 * goes on at this element instead of at the top of the page. The element needs `tabIndex={-1}`, a role and a name.
 * @param state what draws other controls when it changes
 */
export function useFocusKeeper(state: string | number): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const drawn = useRef(state);
  useEffect(() => {
    if (drawn.current === state) return;
    drawn.current = state;
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [state]);
  return ref;
}
