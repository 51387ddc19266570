"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useRef, useState } from "react";
import { ButtonContext } from "react-aria-components";
import { usePart } from "@/components/ui/use-part";

export type OverlayState = {
  /** Give both to open and close it from outside; give neither and the trigger does it. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** What an overlay is drawn with once it is open. */
export type OpenOverlay = Required<OverlayState> & { triggerRef: RefObject<HTMLButtonElement | null> };

type OpenerProps = OverlayState & {
  /** A Button or IconButton. Without one, `isOpen` must be given. */
  trigger?: ReactNode;
  /** A menu opens with the arrow keys too. */
  kind: "dialog" | "menu";
  /** Fetches the overlay's code: called when the trigger is pointed at or focused, so that pressing finds it there. */
  load: () => Promise<unknown>;
  /** Draws the overlay, lazily: its code is no part of the page before it is used. */
  children: (overlay: OpenOverlay) => ReactNode;
};

/**
 * A trigger and what it opens. The trigger stays as it is while the code arrives, so no press and no focus is lost;
 * React Aria gives the focus back to it when the overlay closes.
 */
export function Opener({ trigger, kind, load, children, ...state }: OpenerProps) {
  const [isOpenInside, setIsOpenInside] = useState(false);
  const triggerRef = useRef<HTMLButtonElement>(null);
  const isOpen = state.isOpen ?? isOpenInside;
  const { prepare, whenThere, problem } = usePart(load);

  function onOpenChange(next: boolean) {
    setIsOpenInside(next);
    state.onOpenChange?.(next);
  }

  const button = {
    ref: triggerRef,
    "aria-haspopup": kind,
    "aria-expanded": isOpen,
    onHoverStart: prepare,
    onFocus: prepare,
    onPress: () => whenThere(() => onOpenChange(true)),
    onKeyDown: (event: KeyboardEvent) => {
      if (kind !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      whenThere(() => onOpenChange(true));
    },
  };
  return (
    <>
      {trigger ? <ButtonContext value={button}>{trigger}</ButtonContext> : null}
      {problem}
      {isOpen ? <Suspense>{children({ isOpen, onOpenChange, triggerRef })}</Suspense> : null}
    </>
  );
}
