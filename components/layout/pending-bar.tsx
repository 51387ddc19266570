"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** A page that takes longer is not coming; the notice of a lost connection says why. */
const patienceMs = 30_000;

/**
 * Says at once that a followed link or a filter is on its way. Next changes nothing on the screen until the new page is
 * there. One listener for all links and filters; needs a Suspense boundary, because it reads the address.
 */
export function PendingBar() {
  const address = `${usePathname()}?${useSearchParams()}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  const isPending = leaving === address;
  useEffect(() => {
    const begin = (event: Event) => {
      if (isNavigation(event)) setLeaving(address);
    };
    document.addEventListener("click", begin, true);
    document.addEventListener("submit", begin, true);
    return () => {
      document.removeEventListener("click", begin, true);
      document.removeEventListener("submit", begin, true);
    };
  }, [address]);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setLeaving(null), patienceMs);
    return () => clearTimeout(timer);
  }, [isPending]);
  if (!isPending) return null;
  return (
    <div role="progressbar" aria-label="Loading the page" className="fixed inset-x-0 top-0 z-50 h-0.5">
      <div className="h-full animate-pulse bg-accent" />
    </div>
  );
}

/** A plain click on a link to another page of ours, or a filter with other values. */
function isNavigation(event: Event): boolean {
  const { target } = event;
  if (target instanceof HTMLFormElement) return target.role === "search" && isElsewhere(addressOf(target));
  if (!(event instanceof MouseEvent) || !(target instanceof Element)) return false;
  const link = target.closest<HTMLAnchorElement>("a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.target === "_blank" || link.hasAttribute("download")) return false;
  return isElsewhere(new URL(link.href));
}

function addressOf(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form))
    if (typeof value === "string") url.searchParams.append(name, value);
  return url;
}

function isElsewhere({ origin, pathname, search }: URL): boolean {
  const here = window.location;
  if (origin !== here.origin || pathname.startsWith("/api/")) return false;
  return pathname !== here.pathname || search !== here.search;
}
