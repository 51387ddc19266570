import type { StandingKind } from "@/components/changes/new-change/account-choices";
import { newChangeHref } from "@/components/people/person-href";
import { PeopleTable } from "@/components/people/people-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { IncompleteNotice } from "@/components/people/freshness";
import { SearchField } from "@/components/ui/fields/search-field";
import { loadAccounts } from "@/lib/directory/loaders";

type FindPersonProps = { kind: StandingKind; text: string | undefined };

/** Who can be chosen: archived people cannot be offboarded, active ones cannot be restored. */
const states = { update: undefined, offboard: "active", restore: "archived" } as const;

/**
 * First step of a change for an existing person: the operator chooses any of their accounts. Works without JavaScript.
 */
export async function FindPerson({ kind, text }: FindPersonProps) {
  const page = text ? await loadAccounts({ text, state: states[kind] }) : null;
  return (
    <>
      <FilterForm action={`/changes/new/${kind}`} key={text}>
        <SearchField
          label="Name or address"
          placeholder="Name or address of the person"
          name="q"
          defaultValue={text}
          autoFocus
          className="w-full sm:w-80"
        />
        <Button type="submit">Find</Button>
      </FilterForm>
      {page ? (
        <>
          <IncompleteNotice incomplete={page.incomplete} />
          <Card isFlush>
            {page.rows.length > 0 ? (
              <PeopleTable label="People found" rows={page.rows} hrefOf={(row) => newChangeHref(kind, row)} />
            ) : (
              <EmptyState
                kind="no-match"
                title={`Nobody ${states[kind] ?? ""} matches “${text}”`.replace("  ", " ")}
              >
                Part of the name or address is enough.
              </EmptyState>
            )}
          </Card>
          {page.rows.length > 0 ? (
            <p className="text-12 text-ink-3">Choose any account of the person. The others are included.</p>
          ) : null}
          {page.next ? <p className="text-12 text-ink-3">More people match. Type more of the name.</p> : null}
        </>
      ) : (
        <p className="text-ink-2">
          Find one account of the person. Their accounts in all tenants are included.
        </p>
      )}
    </>
  );
}
