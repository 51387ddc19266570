/** The request header with the page's own address. proxy.ts sets it over anything a browser sends. */
export const ADDRESS_HEADER = "x-address";

const entrances = /^\/(sign-in|setup|api)(\/|$|\?)/;

/**
 * The page to show after sign-in. Anything but a path of our own is the front page: an address elsewhere would send
 * whoever has just signed in to a stranger's copy of this page.
 */
export function toReturnPath(given: unknown): string {
  if (typeof given !== "string" || !given.startsWith("/") || entrances.test(given)) return "/";
  // Browsers read "\" as "/" and drop control characters, so "/\host" and "/<tab>/host" lead elsewhere.
  if (/^\/[/\\]|[\\\p{Cc}]/u.test(given)) return "/";
  return given;
}

/** The sign-in page, with the page to show after it. */
export function signInHref(address: string | null): string {
  const path = toReturnPath(address);
  return path === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(path)}`;
}
