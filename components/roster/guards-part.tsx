import { ExclusionsForm, GuardForm } from "@/components/roster/tab-forms";
import { RemoveGuard } from "@/components/roster/remove-guard";
import { partHref, type RosterPartProps } from "@/components/roster/roster-parts";
import { guardWords } from "@/components/roster/roster-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { KeepFocus } from "@/components/ui/keep-focus";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/fields/search-field";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { loadGuards } from "@/lib/roster/loaders";

type GuardsPartProps = RosterPartProps & { q?: string; after?: string };

/** Who is protected, a console admin, or excluded from provisioning. */
export async function GuardsPart({ tenant, mayManage, q, after }: GuardsPartProps) {
  const { rows, next } = await loadGuards({ tenantId: tenant.id, text: q, after });
  const { id, name } = tenant;
  return (
    <>
      <FilterForm
        action={`/tenants/${id}`}
        keep={{ tab: "roster", part: "guards" }}
        className="w-full sm:w-80"
      >
        <SearchField
          key={q ?? ""}
          name="q"
          label={`Search guarded people of ${name}`}
          placeholder="Address"
          defaultValue={q}
          className="w-full"
        />
      </FilterForm>
      <KeepFocus
        of={rows.map(({ userNameKey, kind }) => `${userNameKey} ${kind}`).join(" ")}
        label={`Guards of ${name}`}
      >
        <Card title="Guarded people" isFlush>
          {rows.length === 0 ? (
            <EmptyState
              kind={q ? "no-match" : "nothing-yet"}
              title={q ? `Nobody guarded matches “${q}”` : "No guarded people yet"}
            >
              Protect people who must not be archived without a second operator, and exclude service accounts
              and shared mailboxes.
            </EmptyState>
          ) : (
            <Table label={`Guarded people of ${name}`}>
              <TableHead>
                <ColumnHeader>Address</ColumnHeader>
                <ColumnHeader>Guard</ColumnHeader>
                <ColumnHeader>Note</ColumnHeader>
                <ColumnHeader>Since</ColumnHeader>
                <ColumnHeader isHidden>Remove</ColumnHeader>
              </TableHead>
              <TableBody>
                {rows.map(({ userNameKey, kind, note, createdAt, createdBy }) => (
                  <Row key={`${userNameKey} ${kind}`}>
                    <Cell isRowHeader>
                      <Code>{userNameKey}</Code>
                    </Cell>
                    <Cell>
                      <Badge kind="held">{guardWords[kind].word}</Badge>
                    </Cell>
                    <Cell label="Note" isQuiet>
                      {note}
                    </Cell>
                    <Cell label="Since" isQuiet>
                      <Time at={createdAt} /> by {createdBy}
                    </Cell>
                    <Cell>
                      {mayManage ? <RemoveGuard tenantId={id} userNameKey={userNameKey} kind={kind} /> : null}
                    </Cell>
                  </Row>
                ))}
              </TableBody>
            </Table>
          )}
          <Pagination
            label="Pages of guarded people"
            firstHref={after ? partHref(id, "guards", { q }) : null}
            nextHref={next ? partHref(id, "guards", { q, after: next }) : null}
          />
        </Card>
      </KeepFocus>
      {mayManage ? (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <GuardForm tenant={{ id, name }} />
          <ExclusionsForm tenant={{ id, name }} />
        </div>
      ) : null}
    </>
  );
}
