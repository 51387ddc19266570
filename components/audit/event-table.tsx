import { toAuditHref } from "@/components/audit/audit-address";
import { toResultWord } from "@/components/audit/result-words";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { WordStatus } from "@/components/words/word-status";
import type { EventSummary } from "@/lib/audit/event-dto";
import type { AuditQuery } from "@/lib/audit/loaders";

type EventTableProps = {
  events: readonly EventSummary[];
  query: AuditQuery;
  /** The event that is open beside the table. */
  openId: number | null;
};

/** Narrow rows start with time, action and result; actor, target and tenant follow on their own lines. */
export function EventTable({ events, query, openId }: EventTableProps) {
  return (
    <Table label="Events">
      <TableHead>
        <ColumnHeader>Time (UTC)</ColumnHeader>
        <ColumnHeader>Who</ColumnHeader>
        <ColumnHeader>Action</ColumnHeader>
        <ColumnHeader>To</ColumnHeader>
        <ColumnHeader>Tenant</ColumnHeader>
        <ColumnHeader>Result</ColumnHeader>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <Row
            key={event.id}
            isCurrent={event.id === openId}
            // On a highlighted row the green of "Confirmed" would be below 4.5:1.
            className={event.id === openId ? "bg-hover shadow-[inset_3px_0_0_var(--accent)]" : undefined}
          >
            <Cell isQuiet className="stacked:order-1">
              <Time at={event.at} format="stamp" />
              {/* The column's heading names the meaning, where the column has one. */}
              <span className="hidden font-mono text-12 stacked:inline"> UTC</span>
            </Cell>
            <Cell label="Who" className="stacked:order-4">
              {event.actor.name}
            </Cell>
            <Cell isRowHeader className="stacked:order-2">
              <RowLink
                href={toAuditHref(query, { event: event.id })}
                className="font-mono text-12 font-normal"
              >
                {event.action}
              </RowLink>
            </Cell>
            <Cell label="To" className="min-[54rem]:min-w-36 [overflow-wrap:anywhere] stacked:order-5">
              {event.target}
            </Cell>
            <Cell label="Tenant" isQuiet className="stacked:order-6">
              {event.tenant?.name}
            </Cell>
            <Cell className="stacked:order-3">
              <WordStatus word={toResultWord(event.action, event.result)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
