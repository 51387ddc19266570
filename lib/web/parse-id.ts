import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/is-uuid";

/** Parses an id from a URL. An invalid one is answered as not found, because it names nothing. */
export function parseId(text: string, what: string): string {
  if (isUuid(text)) return text;
  throw notFound(what);
}
