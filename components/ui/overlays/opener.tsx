"use client";

import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useRef, useState } from "react";
import { ButtonContext } from "react-aria-components";
import { usePart } from "@/components/ui/use-part";

export type OverlayState = {
  /** Set both to control it from outside; set neither to let the trigger do it. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** The props of an open overlay. */
export type OpenOverlay = Required<OverlayState> & { triggerRef: RefObject<HTMLButtonElement | null> };

type OpenerProps = OverlayState & {
  /** A Button or IconButton. Without one, `isOpen` is required. */
  trigger?: ReactNode;
  /** Arrow keys open a menu too. */
  kind: "dialog" | "menu";
  /** Preloads the overlay's code: called when the trigger is hovered or focused, so that it is there when pressed. */
  load: () => Promise<unknown>;
  /** Renders the overlay lazily: the page's first load does not include its code. */
  children: (overlay: OpenOverlay) => ReactNode;
};

/**
 * A trigger and its overlay. The trigger stays while the code loads, so no press and no focus is lost; React Aria
 * returns focus to it when the overlay closes.
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
