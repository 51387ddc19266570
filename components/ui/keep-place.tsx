"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** By page: the link through which it was left. */
const leftBy = new Map<string, string>();

/**
 * Keeps the keyboard's place over client navigation, which drops it when the followed link goes with its page: on a new
 * page it is at the content, and after Back at the link that was followed. Renders nothing.
 */
export function KeepPlace() {
  const pathname = usePathname();
  const shown = useRef(pathname);
  const isBack = useRef(false);
  useEffect(() => {
    const back = () => {
      isBack.current = true;
    };
    document.addEventListener("click", remember, true);
    window.addEventListener("popstate", back);
    return () => {
      document.removeEventListener("click", remember, true);
      window.removeEventListener("popstate", back);
    };
  }, []);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const href = isBack.current ? leftBy.get(pathname) : undefined;
    isBack.current = false;
    const main = document.getElementById("main");
    if (!main || !isNowhere(main)) return;
    main.focus({ preventScroll: true });
    if (href !== undefined) return focusOnceThere(href, main);
  }, [pathname]);
  return null;
}

function isNowhere(main: HTMLElement): boolean {
  return document.activeElement === document.body || document.activeElement === main;
}

/** The rows may still be on their way. @returns the end of waiting for them */
function focusOnceThere(href: string, main: HTMLElement): () => void {
  const look = () => {
    const link = findLink(href);
    if (!link && isNowhere(main)) return;
    rows.disconnect();
    if (isNowhere(main)) link?.focus({ preventScroll: true });
  };
  const rows = new MutationObserver(look);
  rows.observe(main, { childList: true, subtree: true });
  look();
  return () => rows.disconnect();
}

function remember({ target }: MouseEvent): void {
  const href = target instanceof Element ? target.closest("main a")?.getAttribute("href") : null;
  if (href) leftBy.set(window.location.pathname, href);
}

function findLink(href: string): HTMLAnchorElement | null {
  return document.querySelector<HTMLAnchorElement>(`main a[href="${CSS.escape(href)}"]`);
}
