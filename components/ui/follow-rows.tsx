"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Follows the links of table rows with client navigation: one listener in place of a client component a row. Without it
 * they still work as links. Renders nothing.
 */
export function FollowRows() {
  const router = useRouter();
  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest("a.row-link") : null;
      // With a modifier key, the browser opens a tab or a window.
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
