import type { Metadata } from "next";
import { ChangesTable } from "@/components/changes/changes-table";
import { ExportLink } from "@/components/layout/export-link";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { readParam, type SearchParams } from "@/components/people/people-query";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/fields/search-field";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadChanges } from "@/lib/changes/loaders";

export const metadata: Metadata = { title: "Changes" };

/** States of which a worker may show the next step at any moment. */
const moving: ReadonlySet<string> = new Set(["planning", "applying", "waiting"]);

export default async function ChangesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const text = readParam(params, "q");
  const before = toNumber(readParam(params, "before"));
  const [operator, page] = await Promise.all([loadCurrentOperator(), loadChanges({ text, before })]);
  const canCreate = can(operator.role, "change.create");
  const isMoving = page.rows.some(({ standing }) => moving.has(standing));
  return (
    <>
      <AutoRefresh everyMs={isMoving ? 3_000 : 15_000} />
      <PageHeader
        title="Changes"
        actions={
          <>
            <ExportLink list="changes" query={{ q: text }} />
            {canCreate ? (
              <LinkButton href="/changes/new" variant="primary">
                New change
              </LinkButton>
            ) : null}
          </>
        }
      />
      <PageBody>
        <FilterForm action="/changes" key={text}>
          <SearchField
            label="Title, ticket or number"
            placeholder="Title, ticket or CHG-1042"
            name="q"
            defaultValue={text}
            className="w-full sm:w-72"
          />
          <Button type="submit">Search</Button>
        </FilterForm>
        <Card isFlush>
          {page.rows.length > 0 ? (
            <ChangesTable rows={page.rows} />
          ) : (
            <NoChanges text={text} canCreate={canCreate} />
          )}
          <Pagination
            label="Pages of changes"
            firstHref={before === undefined ? null : changesHref(text)}
            nextHref={page.next === null ? null : changesHref(text, page.next)}
          />
        </Card>
      </PageBody>
    </>
  );
}

/** Anything but a change number means the first page. */
function toNumber(text: string | undefined): number | undefined {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function changesHref(text: string | undefined, before?: number): string {
  const given = { ...(text ? { q: text } : {}), ...(before === undefined ? {} : { before: String(before) }) };
  return Object.keys(given).length > 0 ? `/changes?${new URLSearchParams(given)}` : "/changes";
}

function NoChanges({ text, canCreate }: { text: string | undefined; canCreate: boolean }) {
  if (text) {
    return (
      <EmptyState
        kind="no-match"
        title={`No change matches “${text}”`}
        action={<LinkButton href="/changes">Show all changes</LinkButton>}
      />
    );
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title="No changes yet"
      action={canCreate ? <LinkButton href="/changes/new">Plan the first change</LinkButton> : null}
    >
      A change onboards, updates, offboards or restores people in one or many tenants. You see its plan before
      anything is sent.
    </EmptyState>
  );
}
