"use client";

import { TenantField } from "@/components/pickers/tenant-field";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { CheckboxGroup } from "@/components/ui/fields/checkbox-group";
import { countOf } from "@/components/words/count-words";

export type GrantableTenant = { id: string; name: string };

type GrantsFieldProps = {
  /** Tenants shown as checkboxes, of `total`; the others are found by search. */
  tenants: readonly GrantableTenant[];
  total: number;
  chosen: readonly string[];
  onChange: (tenantIds: string[]) => void;
};

/** Tenants as checkboxes. Choosing a search result ticks it. */
export function GrantsField({ tenants, total, chosen, onChange }: GrantsFieldProps) {
  // Kept, because the ticks that the form keeps say nothing without their tenants.
  const [found, setFound] = useKeptState<readonly GrantableTenant[]>("found-tenants", []);
  const known = [...tenants, ...found.filter(({ id }) => tenants.every((each) => each.id !== id))];

  function find(tenant: GrantableTenant | null) {
    if (!tenant) return;
    setFound([...found.filter(({ id }) => id !== tenant.id), tenant]);
    onChange([...new Set([...chosen, tenant.id])]);
  }
  return (
    <div className="flex flex-col gap-2">
      {total > known.length ? (
        <TenantField
          label="Grant another tenant"
          placeholder="Name or domain"
          chosen={null}
          kind="adding"
          withDisconnected
          onChoose={find}
        />
      ) : null}
      <CheckboxGroup
        label="Granted tenants"
        name="tenantIds[]"
        value={[...chosen]}
        onChange={onChange}
        description={`${chosen.length} of ${countOf(total, "tenant", "tenants")}. A technician who connects a tenant is granted it too.`}
      >
        <div className="flex max-h-72 flex-col overflow-y-auto rounded-2 border border-line p-2 empty:hidden">
          {known.map(({ id, name }) => (
            <Checkbox key={id} value={id}>
              {name}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <div className="flex gap-2">
        {total <= known.length ? (
          <Button size="small" variant="quiet" onPress={() => onChange(known.map(({ id }) => id))}>
            Tick all {total}
          </Button>
        ) : null}
        <Button size="small" variant="quiet" onPress={() => onChange([])}>
          Tick none
        </Button>
      </div>
    </div>
  );
}
