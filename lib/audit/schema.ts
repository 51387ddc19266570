import { z } from "zod";
import { currentAction } from "@/lib/audit/log/renamed-actions";
import { AUDIT_ACTIONS } from "@/lib/audit/log/events";

/** A page of the log: about a screen. */
const EVENTS_LIMIT = 50;
const EVENTS_LIMIT_MAX = 500;

/** The value that a select sends for "every": no filter. */
export const ANY = "any";

const TEXT_CHARS_MAX = 200;
const DAY_MS = 24 * 60 * 60 * 1_000;

const eventId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** A URL that was shared before an action was renamed still opens. */
const toCurrent = (value: unknown) => (typeof value === "string" ? currentAction(value) : value);
/** Not before 1970: the database knows no year 0. */
const day = z.iso
  .date()
  .transform((date) => new Date(`${date}T00:00:00Z`))
  .refine((date) => date.getTime() >= 0);

/**
 * The query of the audit page. Days are UTC, and `to` is the last day shown. Invalid values are ignored, because a
 * shared URL should still open.
 */
export const eventFilterSchema = z.object({
  tenantId: optional(z.uuid()),
  changeId: optional(z.uuid()),
  actorId: optional(z.string().max(TEXT_CHARS_MAX)),
  action: optional(z.preprocess(toCurrent, z.enum(AUDIT_ACTIONS))),
  text: optional(z.string().trim().min(1).max(TEXT_CHARS_MAX)),
  from: optional(day),
  to: optional(day.transform((date) => new Date(date.getTime() + DAY_MS))),
  before: optional(eventId),
  limit: eventId.max(EVENTS_LIMIT_MAX).catch(EVENTS_LIMIT).default(EVENTS_LIMIT),
});

/** `from` is the first moment, `to` the first moment after; `before` is the id at which the page ends. */
export type EventFilter = z.infer<typeof eventFilterSchema>;

export const eventIdSchema = eventId;

function optional<Schema extends z.ZodType>(schema: Schema) {
  return z
    .preprocess((value) => (value === ANY || value === "" ? undefined : value), schema.optional())
    .catch(undefined);
}
