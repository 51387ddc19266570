import { ScimProtocolError } from "@/lib/scim/errors";
import type { ScimList, ScimResource } from "@/lib/scim/wire";

export type ScimPage = {
  /** The resources of this page that no earlier page had. */
  resources: ScimResource[];
  /** The requested 1-based index. */
  startIndex: number;
  /** As the server claims on this page. It may be the size of the page. */
  totalResults: number;
  /** How many resources came, repeats included. */
  received: number;
};

/**
 * Reads a collection to its end (RFC 7644 section 3.4.2.4). Servers disagree about every number in a ListResponse, so
 * only received items count: the next page starts after them, and the end is an empty page or one without a new id
 * (some servers repeat page 1 past the end, or ignore startIndex).
 *
 * Throws ScimProtocolError `incomplete-listing`, after yielding everything received, when fewer distinct resources
 * arrived than the largest `totalResults` seen, or at the cap on pages. The result is then no snapshot: nobody may be
 * marked absent because of it.
 */
export async function* listPages(
  fetchPage: (startIndex: number) => Promise<ScimList>,
  { path, pagesMax }: { path: string; pagesMax: number },
): AsyncGenerator<ScimPage, void, undefined> {
  const seen = new Set<string>();
  let startIndex = 1;
  let totalMax = 0;
  for (let pages = 0; pages < pagesMax; pages++) {
    const list = await fetchPage(startIndex);
    totalMax = Math.max(totalMax, list.totalResults);
    const resources = takeNew(list.resources, seen);
    if (resources.length === 0) {
      if (seen.size < totalMax) throw incomplete(path, `${seen.size} of ${totalMax} resources arrived`);
      return;
    }
    const received = list.resources.length;
    yield { resources, startIndex, totalResults: list.totalResults, received };
    startIndex += received;
  }
  throw incomplete(path, `The listing did not end within ${pagesMax} pages`);
}

function takeNew(resources: readonly ScimResource[], seen: Set<string>): ScimResource[] {
  return resources.filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function incomplete(path: string, detail: string): ScimProtocolError {
  const facts = { status: 200, method: "GET", path, requestId: null, sent: "answered" as const };
  return new ScimProtocolError({ ...facts, reason: "incomplete-listing", detail });
}
