"use client";

import { useContext, useEffect, useEffectEvent, useState } from "react";
import { keepText, takeKeptText } from "@/components/ui/actions/kept-text";
import { KeptTextOwner } from "@/components/ui/actions/kept-text-owner";

type KeptTextOptions = {
  /** Unique on its page; null keeps nothing. */
  name: string | null;
  /** What is to be kept, or null where nothing was typed. */
  collect: () => unknown;
  /** Gets what `collect` gave before the page went, perhaps on a page of an older build. */
  restore: (value: unknown) => void;
};

export type KeptText = {
  isRestored: boolean;
  /** Loads the page again without any text that was typed on it. */
  discard: () => void;
};

/** The page is going, and leaves nothing: it ends with the page. */
let isDiscarding = false;

function discard(): void {
  isDiscarding = true;
  window.location.reload();
}

/** Keeps something typed while the page is loaded again, and gives it back once. */
export function useKeptText({ name, collect, restore }: KeptTextOptions): KeptText {
  const owner = useContext(KeptTextOwner);
  const [isRestored, setIsRestored] = useState(false);

  const under = () => ({ key: `${location.pathname}${location.search} ${name}`, owner, nowMs: Date.now() });
  const takeBack = useEffectEvent(() => {
    const kept = name === null ? null : takeKeptText(sessionStorage, under());
    if (kept === null) return;
    restore(kept);
    setIsRestored(true);
  });
  const keep = useEffectEvent(() => {
    const value = name === null || isDiscarding ? null : collect();
    if (value !== null) keepText(sessionStorage, under(), value);
  });
  // The page came back as it was, from the browser's memory: what was kept would be shown at some later time.
  const drop = useEffectEvent((event: PageTransitionEvent) => {
    if (event.persisted && name !== null) takeKeptText(sessionStorage, under());
  });

  useEffect(() => {
    takeBack();
    const onHide = () => keep();
    const onShow = (event: PageTransitionEvent) => drop(event);
    window.addEventListener("pagehide", onHide);
    window.addEventListener("pageshow", onShow);
    return () => {
      window.removeEventListener("pagehide", onHide);
      window.removeEventListener("pageshow", onShow);
    };
  }, []);

  return { isRestored, discard };
}
