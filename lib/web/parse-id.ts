import { notFound } from "@/lib/errors";

/** Parses an id from a URL. An invalid one is answered as not found, because it names nothing. */
export function parseId(text: string, what: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw notFound(what);
}
