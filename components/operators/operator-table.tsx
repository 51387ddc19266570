import { Monogram } from "@/components/ui/monogram";
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { roleWords } from "@/components/words/role-words";
import { WordStatus } from "@/components/words/word-status";
import type { Word } from "@/components/words/word";
import type { loadOperators } from "@/lib/operators/loaders";

export type Operator = Awaited<ReturnType<typeof loadOperators>>[number];

export function OperatorTable({ operators, ownId }: { operators: readonly Operator[]; ownId: string }) {
  return (
    <Table label="Operators, by name">
      <TableHead>
        <ColumnHeader>Name</ColumnHeader>
        <ColumnHeader>Role</ColumnHeader>
        <ColumnHeader>Tenants</ColumnHeader>
        <ColumnHeader>State</ColumnHeader>
        <ColumnHeader>Last seen</ColumnHeader>
      </TableHead>
      <TableBody>
        {operators.map((operator) => (
          <Row key={operator.id}>
            <Cell isRowHeader className="stacked:w-full">
              <span className="flex items-center gap-2">
                <Monogram name={operator.name} />
                <span className="flex min-w-0 flex-col">
                  <span>
                    <RowLink href={operator.id === ownId ? "/operators/me" : `/operators/${operator.id}`}>
                      {operator.name}
                    </RowLink>
                    {operator.id === ownId ? <span className="text-ink-3"> (you)</span> : null}
                  </span>
                  <span className="text-12 text-ink-3">{operator.email}</span>
                </span>
              </span>
            </Cell>
            <Cell label="Role">{roleWords[operator.role].word}</Cell>
            <Cell label="Tenants" isQuiet>
              {operator.role === "technician"
                ? countOf(operator.tenantIds.length, "granted", "granted")
                : "every tenant"}
            </Cell>
            <Cell label="State">
              <WordStatus word={toOperatorWord(operator)} />
            </Cell>
            <Cell label="Last seen" isQuiet>
              {operator.seenAt ? <Time at={operator.seenAt} /> : "never"}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

export function toOperatorWord({ isDisabled }: Pick<Operator, "isDisabled">): Word {
  return isDisabled
    ? { kind: "neutral", word: "Disabled", icon: "ban" }
    : { kind: "confirmed", word: "Can sign in", icon: "check" };
}
