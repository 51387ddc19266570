import "server-only";
import { cache } from "react";
import { findEvent, getSealStatus, listActors, listEvents } from "@/lib/audit/data";
import { eventFilterSchema, eventIdSchema } from "@/lib/audit/schema";
import { can } from "@/lib/auth/permissions";
import { requireScope } from "@/lib/web/current-scope";

/** A URL's query, as Next gives it. */
export type AuditQuery = Record<string, string | string[] | undefined>;

/** Ignores missing and invalid parts of the query. */
export async function loadEvents(query: AuditQuery) {
  const scope = await requireScope();
  const filter = eventFilterSchema.parse(query);
  return { filter, page: await listEvents(scope, filter) };
}

/**
 * Loads the event that the query opens beside the list. `event` is null where it does not exist or the reader may not
 * see it.
 */
export async function loadOpenEvent(query: AuditQuery) {
  const scope = await requireScope();
  const id = eventIdSchema.safeParse(query.event);
  return id.success ? { id: id.data, event: await findEvent(scope, { id: id.data }) } : null;
}

export const loadSealStatus = cache(async () => getSealStatus(await requireScope()));

export const loadActors = cache(async () => listActors(await requireScope()));

export async function loadCanVerify(): Promise<boolean> {
  const { actor } = await requireScope();
  return actor.kind === "operator" && can(actor.role, "audit.verify");
}
