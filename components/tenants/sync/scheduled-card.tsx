import { ZonedTime } from "@/components/tenants/sync/zoned-time";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { toNamedTitle } from "@/components/words/change-words";
import type { ScheduledRun } from "@/lib/changes/tenant-queue";
import { formatChangeNumber } from "@/lib/change-number";

/** Changes scheduled in this tenant; not rendered if there are none. */
export function ScheduledCard({ scheduled }: { scheduled: readonly ScheduledRun[] }) {
  if (scheduled.length === 0) return null;
  return (
    <Card title="Scheduled" note="applied automatically at their time" isFlush>
      <Table label="Scheduled changes, the next first">
        <TableHead>
          <ColumnHeader>Change</ColumnHeader>
          <ColumnHeader>When</ColumnHeader>
          <ColumnHeader>Requested by</ColumnHeader>
        </TableHead>
        <TableBody>
          {scheduled.map((change) => (
            <Row key={change.changeId}>
              <Cell isRowHeader>
                <span className="flex items-baseline gap-2">
                  <Code className="text-ink-2">{formatChangeNumber(change.number)}</Code>
                  <RowLink href={`/changes/${change.changeId}`}>{toNamedTitle(change)}</RowLink>
                </span>
              </Cell>
              <Cell label="When" isQuiet>
                <ZonedTime at={change.scheduledAt.toISOString()} zone={change.zone} />
              </Cell>
              <Cell label="Asked by" isQuiet>
                {change.requestedBy}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
