import { toFixes } from "@/components/changes/progress/failure-fixes";
import type { ChangeView, OperationView } from "@/components/changes/model/wire";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { operationKindWords } from "@/components/words/operation-words";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";

const shownMax = 100;

/**
 * Operations that failed for good: Rollcall does not retry them. Each shows its cause, the remedy and the page for it;
 * one new change retries them all.
 */
export function SteeringDeadLetters({ change }: { change: ChangeView }) {
  const failed = change.runs.flatMap((run) =>
    run.operations.filter(({ state }) => state === "failed").map((operation) => ({ operation, run })),
  );
  if (failed.length === 0) return null;
  const more = change.counts.failed - Math.min(failed.length, shownMax);
  return (
    <Card
      title="Failed, and what to do"
      note={countOf(change.counts.failed, "operation", "operations")}
      isFlush
    >
      <Table label="Failed operations with their remedies">
        <TableHead>
          <ColumnHeader>What</ColumnHeader>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader className="w-2/5">Cause, and what to do</ColumnHeader>
          <ColumnHeader>Where to fix it</ColumnHeader>
        </TableHead>
        <TableBody>
          {failed.slice(0, shownMax).map(({ operation, run }) => (
            <DeadLetter
              key={operation.id}
              operation={operation}
              tenantName={run.tenantName}
              kind={change.kind}
            />
          ))}
        </TableBody>
      </Table>
      {more > 0 ? (
        <p className="border-t border-line px-4 py-2 text-12 text-ink-3">
          {countOf(more, "more is", "more are")} counted above and not shown here.
        </p>
      ) : null}
    </Card>
  );
}

type DeadLetterProps = { operation: OperationView; tenantName: string; kind: ChangeView["kind"] };

function DeadLetter({ operation, tenantName, kind }: DeadLetterProps) {
  const { title, remedy } = getCatalogueEntry(toCatalogueCode(operation.reason ?? "unexpected"));
  return (
    <Row>
      <Cell isRowHeader>
        <span className="font-medium text-ink [overflow-wrap:anywhere]">{operation.label}</span>
        <span className="block text-12 text-ink-3">
          {operationKindWords[operation.kind].verb} <Code>{operation.target}</Code>
        </span>
      </Cell>
      <Cell label="Tenant">
        <TextLink href={`/tenants/${operation.tenantId}`}>{tenantName}</TextLink>
      </Cell>
      <Cell label="Why" isQuiet>
        <strong className="font-medium text-ink">{title}.</strong> {remedy}
        {operation.detail ? (
          <span className="block text-12 text-ink-3 [overflow-wrap:anywhere]">“{operation.detail}”</span>
        ) : null}
      </Cell>
      <Cell label="Where to fix it">
        <ul className="flex flex-col gap-1">
          {toFixes(operation, kind).map(({ href, label }) => (
            <li key={href}>
              <TextLink href={href}>{label}</TextLink>
            </li>
          ))}
        </ul>
      </Cell>
    </Row>
  );
}
