import type { PeopleQuery } from "@/components/people/people-query";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { FilterForm } from "@/components/ui/filter-form";
import { LinkButton } from "@/components/ui/link-button";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";

type PeopleFiltersProps = {
  query: PeopleQuery;
  tenants: readonly { id: string; name: string }[];
  /** Names of the groups that can be chosen. */
  groups: readonly string[];
  isFiltered: boolean;
};

export function PeopleFilters({ query, tenants, groups, isFiltered }: PeopleFiltersProps) {
  const anyTenant = { id: "", label: "All tenants" };
  return (
    // Keyed by the address: the back button must show the filter it goes back to.
    <FilterForm action="/people" key={JSON.stringify(query)}>
      <SearchField
        label="Name or address"
        placeholder="Name or address"
        name="q"
        defaultValue={query.q}
        className="w-full sm:w-64"
      />
      <Select
        label="Tenant"
        isLabelHidden
        name="tenant"
        defaultValue={query.tenant ?? ""}
        options={[anyTenant, ...tenants.map(({ id, name }) => ({ id, label: name }))]}
        className="w-full sm:w-52"
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
      <ComboBox
        label="Group"
        name="group"
        formValue="text"
        allowsCustomValue
        defaultInputValue={query.group ?? ""}
        placeholder="Any group"
        options={groups.map((name) => ({ id: name, label: name }))}
        className="w-full sm:w-52 [&>label]:sr-only"
      />
      <Button type="submit">Filter</Button>
      {isFiltered ? (
        <LinkButton href="/people" variant="quiet">
          Clear
        </LinkButton>
      ) : null}
    </FilterForm>
  );
}
