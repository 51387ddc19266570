import { toDecisionWords, toDriftChange } from "@/components/drift/drift-words";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { FieldDiff } from "@/components/ui/field-diff";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { DecidedDrift } from "@/lib/engine/drift/types";
import { formatChangeNumber } from "@/lib/change-number";

/** Who decided what, and why. */
export function DecidedCard({ decided }: { decided: readonly DecidedDrift[] }) {
  if (decided.length === 0) return null;
  return (
    <Card title="Decided" note="newest first, the last 50" isFlush>
      <Table label="Decisions about drift, newest first">
        <TableHead>
          <ColumnHeader>Who</ColumnHeader>
          <ColumnHeader>Value</ColumnHeader>
          <ColumnHeader>Decision</ColumnHeader>
          <ColumnHeader>Why</ColumnHeader>
          <ColumnHeader>By</ColumnHeader>
          <ColumnHeader>When</ColumnHeader>
        </TableHead>
        <TableBody>
          {decided.map((line) => (
            <DecidedLine key={line.id} line={line} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function DecidedLine({ line }: { line: DecidedDrift }) {
  const { label, userName, reason, decidedBy, decidedAt, change } = line;
  return (
    <Row>
      <Cell isRowHeader className="stacked:w-full">
        {label}{" "}
        {userName ? (
          <Code className="text-ink-2 [overflow-wrap:anywhere]">{userName}</Code>
        ) : (
          <span className="text-ink-3">group</span>
        )}
      </Cell>
      <Cell label="Value">
        <FieldDiff changes={[toDriftChange(line)]} />
      </Cell>
      <Cell label="Decision">
        {toDecisionWords(line)}
        {change ? (
          <>
            {" "}
            by <TextLink href={`/changes/${change.changeId}`}>{formatChangeNumber(change.number)}</TextLink>
          </>
        ) : null}
      </Cell>
      <Cell label="Why" isQuiet>
        {reason}
      </Cell>
      <Cell label="By" isQuiet>
        {decidedBy}
      </Cell>
      <Cell label="When" isQuiet>
        {decidedAt ? <Time at={decidedAt} /> : "–"}
      </Cell>
    </Row>
  );
}
