import { z } from "zod";
import type { AuditAction } from "@/lib/audit/log/events";

const text = z.string().nullish().catch(null);
const values = z.record(z.string(), z.unknown()).nullish().catch(null);

const bodySchema = z.object({
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

/** Parses a stored body. Lenient: a log outlives the code that wrote it, and a tampered body must still be shown. */
export function parseEventBody(body: string): z.infer<typeof bodySchema> {
  const parsed = bodySchema.safeParse(parseJson(body));
  return parsed.success ? parsed.data : bodySchema.parse({});
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

/** When, by whom and why an action happened to a change. */
export type ChangeEvent<Action extends AuditAction> = {
  id: string;
  action: Action;
  at: Date;
  by: string;
  reason: string | null;
  details: Record<string, unknown> | null;
};

/** One changed field; null where it had no value. */
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
  /** Its position in the chain and the seal over it; null while it waits. */
  sealed: { seq: number; sealNumber: number; at: string } | null;
};

/**
 * A page of the log, newest first. `older` is the id at which the next page starts; null on the last page.
 * `isCutShort`: a text search stopped after its limit; there may be more from `older` on.
 */
export type EventPage = { items: EventSummary[]; older: number | null; isCutShort: boolean };

/** How far the log is sealed, what waits, and when it was last verified. */
export type SealStatus = {
  sealedTo: { eventId: number; sealNumber: number; at: string } | null;
  /** Waiting events, counted up to 10,000. */
  waiting: number;
  oldestWaitingAt: string | null;
  /** An event has waited longer than a running sealer would leave it. */
  isLate: boolean;
  /** `words`: the verdict for people. */
  verified: { at: string; isWhole: boolean; by: string; words: string } | null;
};

/** One row a field, ordered by name; unchanged values are left out. */
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
