import { isFiltered, readQuery } from "@/components/audit/audit-address";
import { type NamedTenant, TenantField } from "@/components/pickers/tenant-field";
import { Button } from "@/components/ui/button";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import type { Option } from "@/components/ui/fields/option-list";
import { SearchField } from "@/components/ui/fields/search-field";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { AUDIT_ACTIONS } from "@/lib/audit/log/events";
import type { AuditQuery } from "@/lib/audit/loaders";
import { ANY } from "@/lib/audit/schema";

type Named = { id: string; name: string };

type EventFiltersProps = { query: AuditQuery; tenant: NamedTenant | null; actors: readonly Named[] };

/** The filter is in the URL, so it can be shared and bookmarked. Submitting it starts at the newest event. */
export function EventFilters({ query, tenant, actors }: EventFiltersProps) {
  const actorId = readQuery(query, "actorId");
  const actions = AUDIT_ACTIONS.map((action) => ({ id: action, label: action }));
  return (
    // Keyed by the URL, because fields keep typed text.
    <FilterForm
      key={JSON.stringify(query)}
      action="/audit"
      keep={{ changeId: readQuery(query, "changeId") }}
      className="gap-3"
    >
      <SearchField
        label="Search"
        name="text"
        placeholder="Address, name, reason, ticket…"
        defaultValue={readQuery(query, "text")}
        className="min-w-48 flex-1 basis-48 max-sm:basis-full"
      />
      <TenantField
        label="Tenant"
        name="tenantId"
        chosen={tenant}
        withDisconnected
        placeholder="Every tenant"
        className="w-40 max-sm:w-[calc(50%-0.375rem)]"
      />
      <Choice
        label="Who"
        name="actorId"
        any="Everyone"
        options={withChosen(actors.map(toOption), actorId)}
        value={actorId}
      />
      <Choice
        label="Action"
        name="action"
        any="Anything"
        options={actions}
        value={readQuery(query, "action")}
      />
      <TextField
        label="From (UTC)"
        name="from"
        type="date"
        defaultValue={readQuery(query, "from")}
        className="w-34 max-sm:w-[calc(50%-0.375rem)]"
      />
      <TextField
        label="To (UTC)"
        name="to"
        type="date"
        defaultValue={readQuery(query, "to")}
        className="w-34 max-sm:w-[calc(50%-0.375rem)]"
      />
      <Button type="submit">Filter</Button>
      {isFiltered(query) ? (
        <LinkButton href="/audit" variant="quiet">
          Clear
        </LinkButton>
      ) : null}
    </FilterForm>
  );
}

type ChoiceProps = { label: string; name: string; any: string; options: Option[]; value: string | undefined };

function Choice({ label, name, any, options, value }: ChoiceProps) {
  return (
    <Select
      label={label}
      name={name}
      options={[{ id: ANY, label: any }, ...options]}
      defaultValue={value ?? ANY}
      className="w-40 max-sm:w-[calc(50%-0.375rem)]"
    />
  );
}

function toOption({ id, name }: Named): Option {
  return { id, label: name };
}

/** Our processes are not operators, but can be filtered by too. */
function withChosen(options: Option[], chosen: string | undefined): Option[] {
  const isListed = chosen === undefined || options.some(({ id }) => id === chosen);
  return isListed ? options : [...options, { id: chosen, label: chosen }];
}
