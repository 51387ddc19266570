/**
 * Whether a page of another site sent this request; browsers say so (Fetch Metadata). An address that somebody typed or
 * bookmarked comes from no site, and a program that sends no such header carries no session of a browser.
 */
export function isCrossSite(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
