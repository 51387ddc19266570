import { GroupField } from "@/components/pickers/group-field";
import type { PeopleQuery } from "@/components/people/people-query";
import { type NamedTenant, TenantField } from "@/components/pickers/tenant-field";
import { Button } from "@/components/ui/button";
import { FilterForm } from "@/components/ui/fields/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { SearchField } from "@/components/ui/fields/search-field";
import { Select } from "@/components/ui/fields/select";

type PeopleFiltersProps = {
  query: PeopleQuery;
  /** The tenant in the query. */
  tenant: NamedTenant | null;
  isFiltered: boolean;
};

export function PeopleFilters({ query, tenant, isFiltered }: PeopleFiltersProps) {
  return (
    // Keyed by the address: after Back, the fields must show that page's filter.
    <FilterForm action="/people" key={JSON.stringify(query)}>
      <SearchField
        label="Name, address, title or number"
        placeholder="Name, address, title, number"
        name="q"
        defaultValue={query.q}
        className="w-full sm:w-64"
      />
      <TenantField
        label="Tenant"
        name="tenant"
        chosen={tenant}
        placeholder="All tenants"
        className="w-full sm:w-52 [&>label]:sr-only"
      />
      <Select
        label="State"
        isLabelHidden
        name="state"
        defaultValue={query.state ?? ""}
        options={[
          { id: "", label: "Active and archived" },
          { id: "active", label: "Active" },
          { id: "archived", label: "Archived" },
        ]}
        className="w-full sm:w-44"
      />
      <GroupField tenantId={query.tenant} value={query.group} className="w-full sm:w-52 [&>label]:sr-only" />
      <Button type="submit">Filter</Button>
      {isFiltered ? (
        <LinkButton href="/people" variant="quiet">
          Clear
        </LinkButton>
      ) : null}
    </FilterForm>
  );
}
