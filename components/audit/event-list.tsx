import { isFiltered, readQuery, toAuditHref } from "@/components/audit/audit-address";
import { EventTable } from "@/components/audit/event-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Pagination } from "@/components/ui/pagination";
import type { EventPage } from "@/lib/audit/event-dto";
import type { AuditQuery } from "@/lib/audit/loaders";

type EventListProps = { page: EventPage; query: AuditQuery; openId: number | null };

export function EventList({ page: { items, older, isCutShort }, query, openId }: EventListProps) {
  const isLaterPage = readQuery(query, "before") !== undefined;
  return (
    <Card isFlush>
      {items.length > 0 ? (
        <EventTable events={items} query={query} openId={openId} />
      ) : (
        <NoEvents query={query} isLaterPage={isLaterPage || isCutShort} />
      )}
      <Pagination
        label="Pages of events"
        firstHref={isLaterPage ? toAuditHref(query, { before: null, event: null }) : null}
        nextHref={older === null ? null : toAuditHref(query, { before: older, event: null })}
        summary={toSummary(items.length, older, isCutShort)}
      />
    </Card>
  );
}

function NoEvents({ query, isLaterPage }: { query: AuditQuery; isLaterPage: boolean }) {
  if (isLaterPage) return <EmptyState kind="no-match" title="No matching events on this page" />;
  if (!isFiltered(query)) {
    return (
      <EmptyState kind="nothing-yet" title="No events in your tenants yet">
        Every sign-in, change and use of a token is recorded here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="no-match"
      title="No matching events"
      action={<LinkButton href="/audit">Clear the filter</LinkButton>}
    >
      Widen the dates or remove a word.
    </EmptyState>
  );
}

function toSummary(shown: number, older: number | null, isCutShort: boolean): string | undefined {
  if (isCutShort && older !== null)
    return `The search stopped at event ${older.toLocaleString("en-GB")}. Older events are on the next page.`;
  return shown === 0 ? undefined : `${shown} shown, newest first`;
}
