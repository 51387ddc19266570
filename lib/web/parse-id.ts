import { notFound } from "@/lib/errors";

/** An id out of a URL. What is no id names nothing, so it is answered as a thing that is not there. */
export function parseId(text: string, what: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw notFound(what);
}
