import { toFixes } from "@/components/changes/progress/failure-fixes";
import type { ChangeView, OperationView } from "@/components/changes/model/wire";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { operationKindWords } from "@/components/words/operation-words";
import { type CatalogueCode, getFinalEntry } from "@/lib/knowbe4/catalogue";

/** Lines shown for one cause; the others are counted. */
const shownMax = 100;

/**
 * What failed for good, by cause: each cause and its remedy once, then the people with the tenant's own words and the
 * page where it is fixed. The only place of a change's page that says so.
 */
export function FailedOperations({ change }: { change: ChangeView }) {
  const groups = groupFailures(change);
  if (groups.length === 0) return null;
  return (
    <Card
      title="Failed, and what to do"
      note={countOf(change.counts.failed, "operation", "operations")}
      isFlush
    >
      <p className="border-b border-line px-4 py-2 text-ink-2">
        Rollcall does not retry failed operations. Fix the cause, then use Retry above: it plans a new change
        with only what failed.
      </p>
      {groups.map((group) => (
        <Cause key={group.code} group={group} kind={change.kind} />
      ))}
    </Card>
  );
}

type Failed = { operation: OperationView; tenantName: string };
type Group = { code: CatalogueCode; count: number; shown: Failed[] };

/** Counts cover all lines; the names are those on the page. */
function groupFailures({ runs }: Pick<ChangeView, "runs">): Group[] {
  const groups = new Map<CatalogueCode, Group>();
  const groupOf = (reason: string | null) => {
    const code = toCatalogueCode(reason ?? "unexpected");
    const group = groups.get(code) ?? { code, count: 0, shown: [] };
    groups.set(code, group);
    return group;
  };
  for (const { lines, operations, tenantName } of runs) {
    for (const { state, reason, count } of lines) if (state === "failed") groupOf(reason).count += count;
    for (const operation of operations)
      if (operation.state === "failed") groupOf(operation.reason).shown.push({ operation, tenantName });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function Cause({ group: { code, count, shown }, kind }: { group: Group; kind: ChangeView["kind"] }) {
  const { title, cause, remedy } = getFinalEntry(code);
  const more = count - Math.min(shown.length, shownMax);
  return (
    <section aria-label={title} className="border-t border-line first-of-type:border-t-0">
      <div className="bg-failed-wash px-4 py-2 text-ink-2">
        <h3 className="font-semibold text-ink">
          {title}: {countOf(count, "operation", "operations")}
        </h3>
        <p>
          {cause} <strong className="font-medium text-ink">What to do:</strong> {remedy}
        </p>
      </div>
      <Table label={`Failed: ${title}`}>
        <TableHead>
          <ColumnHeader>What</ColumnHeader>
          <ColumnHeader>Tenant</ColumnHeader>
          <ColumnHeader className="w-2/5">The tenant’s answer</ColumnHeader>
          <ColumnHeader>Where to fix it</ColumnHeader>
        </TableHead>
        <TableBody>
          {shown.slice(0, shownMax).map((failed) => (
            <FailedLine key={failed.operation.id} {...failed} kind={kind} />
          ))}
        </TableBody>
      </Table>
      {more > 0 ? (
        <p className="border-t border-line px-4 py-2 text-12 text-ink-3">
          {countOf(more, "more is", "more are")} counted above and not shown here.
        </p>
      ) : null}
    </section>
  );
}

function FailedLine({ operation, tenantName, kind }: Failed & { kind: ChangeView["kind"] }) {
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
      <Cell label="Answer" isQuiet className="[overflow-wrap:anywhere]">
        {operation.detail ? `“${operation.detail}”` : null}
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
