import { ExportLink } from "@/components/layout/export-link";
import { AdoptDialog } from "@/components/rails/adopt-dialog";
import { AddEntryDialog } from "@/components/roster/add-entry-dialog";
import { EntryCard } from "@/components/roster/entry-card";
import { EntryTable } from "@/components/roster/entry-table";
import { partHref, type RosterPartProps } from "@/components/roster/roster-parts";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/fields/search-field";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import type { RosterFacts } from "@/lib/roster/dto";
import { loadEntries, loadRosterFacts } from "@/lib/roster/loaders";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

export type PeopleQuery = { q?: string; state?: string; after?: string; person?: string };

const states = ["active", "absent", "left", "overridden", "guarded"] as const;
type State = (typeof states)[number];

/** The people on the roster, with their source and the values that operators set. */
export async function PeoplePart({ tenant, mayManage, query }: RosterPartProps & { query: PeopleQuery }) {
  const { q, after, person } = query;
  const state = states.find((each) => each === query.state);
  const [facts, { rows, next }] = await Promise.all([
    loadRosterFacts(tenant.id),
    loadEntries({ tenantId: tenant.id, text: q, state, after }),
  ]);
  return (
    <>
      <AdoptionCard tenant={tenant} mayManage={mayManage} facts={facts} />
      {person ? <EntryCard tenant={tenant} mayManage={mayManage} userNameKey={person} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <StateTabs tenantId={tenant.id} q={q} state={state} facts={facts} />
        <FilterForm
          action={`/tenants/${tenant.id}`}
          keep={{ tab: "roster", state }}
          className="w-full sm:w-80"
        >
          <SearchField
            key={q ?? ""}
            name="q"
            label={`Search the roster of ${tenant.name}`}
            placeholder="Address"
            defaultValue={q}
            className="w-full"
          />
        </FilterForm>
      </div>
      <Card isFlush>
        {rows.length > 0 ? (
          <EntryTable
            rows={rows}
            tenant={tenant}
            hrefOf={(key) => partHref(tenant.id, "people", { q, state, person: key })}
          />
        ) : (
          <Nobody tenant={tenant} isFiltered={Boolean(q ?? state)} />
        )}
        <Pagination
          label="Pages of the roster"
          summary={rows.length > 0 ? `${countOf(rows.length, "person", "people")} on this page` : undefined}
          firstHref={after ? partHref(tenant.id, "people", { q, state }) : null}
          nextHref={next ? partHref(tenant.id, "people", { q, state, after: next }) : null}
        />
      </Card>
      <div className="flex flex-wrap gap-2">
        <ExportLink list="roster" query={{ tenant: tenant.id, q, state }} size="small" />
        {mayManage ? (
          <LinkButton href={`/imports/new?tenant=${tenant.id}`} size="small">
            Import a file
          </LinkButton>
        ) : null}
      </div>
    </>
  );
}

function AdoptionCard({ tenant, mayManage, facts }: RosterPartProps & { facts: RosterFacts }) {
  const { adoptedAt, active } = facts;
  const note = countOf(active, "active person", "active people");
  return (
    <Card title="Roster" note={note} aside={mayManage ? <AddEntryDialog tenant={tenant} /> : null}>
      <div className="flex flex-wrap items-center gap-3">
        <p className="max-w-[70ch] flex-1 basis-64 text-ink-2">
          {adoptedAt ? (
            <>
              The inventory was adopted <Time at={adoptedAt} />. Since then, CSV files and operators change
              the roster.
            </>
          ) : (
            "The inventory is not adopted yet. Adopt it first: people who are not on the roster may be archived by absence."
          )}
        </p>
        {mayManage && tenantCan.adopt({ ...tenant, hasRead: tenant.readAt !== null }) ? (
          <AdoptDialog
            tenant={{ id: tenant.id, name: tenant.name, active: tenant.active ?? 0 }}
            isAgain={adoptedAt !== null}
          />
        ) : null}
      </div>
    </Card>
  );
}

type StateTabsProps = { tenantId: string; q?: string; state?: State; facts: RosterFacts };

function StateTabs({ tenantId, q, state, facts }: StateTabsProps) {
  const hrefOf = (each?: State) => partHref(tenantId, "people", { q, state: each });
  return (
    <LinkTabs
      label="Roster by state"
      variant="pill"
      current={hrefOf(state)}
      tabs={[
        { href: hrefOf(), label: "All", count: facts.entries },
        { href: hrefOf("active"), label: "Active", count: facts.active },
        { href: hrefOf("absent"), label: "Absent", count: facts.absent },
        { href: hrefOf("left"), label: "Left", count: facts.left },
        { href: hrefOf("overridden"), label: "Set by operators", count: facts.overridden },
        { href: hrefOf("guarded"), label: "Guarded" },
      ]}
    />
  );
}

function Nobody({ tenant, isFiltered }: { tenant: TenantDetail; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        kind="no-match"
        title="No people on the roster match"
        action={<LinkButton href={partHref(tenant.id, "people")}>Show everybody</LinkButton>}
      />
    );
  }
  return (
    <EmptyState kind="nothing-yet" title="Nobody is on the roster yet">
      Adopt the inventory of {tenant.name}, import a CSV file, or onboard somebody.
    </EmptyState>
  );
}
