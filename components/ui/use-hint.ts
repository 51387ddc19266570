"use client";

import { type FocusEvent, type KeyboardEvent, useEffect, useState } from "react";

const delayMs = 500;

/**
 * Shows a hint after the pointer has rested on its button, or at once on keyboard focus. Leaving, pressing and Escape
 * hide it. If its code does not load no hint shows; the button has its name anyway.
 * @param load fetches the hint's code
 */
export function useHint(load: () => Promise<unknown>) {
  const [reason, setReason] = useState<"pointer" | "keyboard" | null>(null);
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (reason === null) return;
    let isLeft = false;
    const code = load();
    const show = () => void code.then(() => !isLeft && setIsShown(true)).catch(() => undefined);
    const timer = setTimeout(show, reason === "pointer" ? delayMs : 0);
    return () => {
      isLeft = true;
      clearTimeout(timer);
      setIsShown(false);
    };
  }, [reason, load]);

  const hide = () => setReason(null);
  const handlers = {
    onHoverStart: () => setReason("pointer"),
    onHoverEnd: hide,
    onFocus: ({ target }: FocusEvent) => {
      if (target.matches(":focus-visible")) setReason("keyboard");
    },
    onBlur: hide,
    onPressStart: hide,
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === "Escape") hide();
    },
  };
  return { isShown, hide, handlers };
}
