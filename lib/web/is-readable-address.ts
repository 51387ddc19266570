/**
 * Whether an address is text. A path that is no UTF-8 under its percent signs cannot be decoded, and U+0000 can be stored in
 * no column and searched for in none: neither is in any address of ours, so no route has to think of them.
 * @param url of the request, still encoded
 */
export function isReadableAddress(url: string): boolean {
  const { pathname, search } = new URL(url);
  if (/%00/.test(search) || search.includes("\0")) return false;
  try {
    return !decodeURIComponent(pathname).includes("\0");
  } catch {
    return false;
  }
}
