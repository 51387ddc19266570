import { z } from "zod";

const text = z.string().nullish().catch(null);
const values = z.record(z.string(), z.unknown()).nullish().catch(null);

const toldSchema = z.object({
  actor: z
    .object({ kind: z.string(), id: z.string(), name: z.string(), role: text, address: text })
    .catch({ kind: "system", id: "unknown", name: "unknown" }),
  requestId: text,
  target: z.string().catch(""),
  result: text,
  reason: text,
  ticket: text,
  before: values,
  after: values,
  details: values,
});

/** A body as it is read back. Lenient: a log outlives the code that wrote it, and an edited one must still be shown. */
export function toTold(body: string): z.infer<typeof toldSchema> {
  const told = toldSchema.safeParse(parseJson(body));
  return told.success ? told.data : toldSchema.parse({});
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One line of the log. `tenant` and `change` are null where there is none or the reader may not see it. */
export type EventSummary = {
  id: number;
  /** UTC, with milliseconds */
  at: string;
  action: string;
  actor: { kind: string; id: string; name: string };
  tenant: { id: string; name: string } | null;
  change: { id: string; number: number } | null;
  target: string;
  result: string | null;
};

/** One field of what was changed; an absent value was not there. */
export type EventValue = { field: string; before: string | null; after: string | null };

export type EventDetail = EventSummary & {
  role: string | null;
  address: string | null;
  requestId: string | null;
  reason: string | null;
  ticket: string | null;
  values: EventValue[];
  details: { field: string; value: string }[];
  leaf: string;
  /** Its place in the chain and the seal over it; null while it waits. */
  sealed: { seq: number; sealNumber: number; at: string } | null;
};

/**
 * A page of the log, newest first. `older` is the id that the next page ends before; null on the last page.
 * `isCutShort`: a search for text stopped after so many events; there may be more from `older` on.
 */
export type EventPage = { items: EventSummary[]; older: number | null; isCutShort: boolean };

/** How far the log is sealed, what waits, and the last time that somebody verified it. */
export type SealStatus = {
  sealedTo: { eventId: number; sealNumber: number; at: string } | null;
  /** Events that wait; counted up to 10,000. */
  waiting: number;
  oldestWaitingAt: string | null;
  /** An event has waited for longer than a sealer that runs would let it. */
  isLate: boolean;
  /** `words`: the verdict for people. */
  verified: { at: string; isWhole: boolean; by: string; words: string } | null;
};

/** One row a field, in the order of names; equal values are left out, since nothing happened to them. */
export function toEventValues(
  before: Record<string, unknown> | null | undefined,
  after: Record<string, unknown> | null | undefined,
): EventValue[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].toSorted();
  return fields
    .map((field) => ({ field, before: toWords(before?.[field]), after: toWords(after?.[field]) }))
    .filter((value) => value.before !== value.after);
}

/** A value as text for people: lists with commas, anything deeper as JSON, nothing as null. */
export function toWords(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return value.length === 0 ? null : value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
