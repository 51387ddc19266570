import "server-only";
import { z } from "zod";
import { listEvents } from "@/lib/audit/data";
import { type EventSummary, parseEventBody } from "@/lib/audit/event-dto";
import { eventFilterSchema } from "@/lib/audit/schema";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { formatChangeNumber } from "@/lib/change-number";
import { pagesOf, type CsvList, type CsvQuery } from "@/lib/csv/csv-list";
import { toCell } from "@/lib/csv/to-cell";

const eventsPage = 500;

/** Exports events that match the audit page's filter, newest first, with all their values. */
export async function readEventsList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  const filter = z.strictObject(eventFilterSchema.shape).parse(query);
  return {
    name: "audit",
    tenantId: filter.tenantId,
    changeId: filter.changeId,
    header: [
      "Event",
      "At (UTC)",
      "Action",
      "Who",
      "Role",
      "From address",
      "Tenant",
      "Change",
      "To",
      "Result",
      "Reason",
      "Ticket",
      "Before",
      "After",
      "Details",
      "Request",
    ],
    pages: pagesOf<readonly string[], number>(
      async (before) => {
        const page = await listEvents(scope, { ...filter, before, limit: eventsPage });
        return { rows: await withBodies(scope, page.items), next: page.older };
      },
      (cells) => cells,
    ),
  };
}

async function withBodies(scope: Scope, events: readonly EventSummary[]): Promise<string[][]> {
  const rows = await transaction(scope, (tx) =>
    tx.event.findMany({
      where: { id: { in: events.map(({ id }) => BigInt(id)) } },
      select: { id: true, body: true },
    }),
  );
  const bodies = new Map(rows.map(({ id, body }) => [Number(id), body]));
  return events.map((event) => {
    const { actor, requestId, reason, ticket, before, after, details } = parseEventBody(
      bodies.get(event.id) ?? "",
    );
    return [
      toCell(event.id),
      event.at,
      event.action,
      event.actor.name,
      toCell(actor.role),
      toCell(actor.address),
      toCell(event.tenant?.name),
      event.change ? formatChangeNumber(event.change.number) : "",
      event.target,
      toCell(event.result),
      toCell(reason),
      toCell(ticket),
      toJson(before),
      toJson(after),
      toJson(details),
      toCell(requestId),
    ];
  });
}

function toJson(values: object | null | undefined): string {
  return values ? JSON.stringify(values) : "";
}
