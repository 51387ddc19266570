"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Follows the links of table rows without loading the page anew: one listener in place of a client part a row.
 * Without it they are links all the same. Draws nothing.
 */
export function FollowRows() {
  const router = useRouter();
  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a.row-link") : null;
      // With a key held down the browser opens a tab or a window of its own.
      const isPlain =
        event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      if (!link || !isPlain || event.defaultPrevented) return;
      event.preventDefault();
      router.push(link.getAttribute("href") ?? "");
    }
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return null;
}
