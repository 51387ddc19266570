"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { SearchField } from "@/components/ui/search-field";
import { countOf } from "@/components/words/count-words";

export type GrantableTenant = { id: string; name: string };

type GrantsFieldProps = {
  tenants: readonly GrantableTenant[];
  chosen: readonly string[];
  onChange: (tenantIds: string[]) => void;
};

/** Fewer than this fit on a screen, and need no search. */
const searchFrom = 10;

/** Tenants to tick. What the search hides stays ticked; the count says so. */
export function GrantsField({ tenants, chosen, onChange }: GrantsFieldProps) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLocaleLowerCase("en");
  const shown = tenants.filter(({ name }) => name.toLocaleLowerCase("en").includes(wanted));
  return (
    <div className="flex flex-col gap-2">
      {tenants.length >= searchFrom ? (
        <SearchField label="Search tenants" placeholder="Name" value={text} onChange={setText} />
      ) : null}
      <CheckboxGroup
        label="Granted tenants"
        value={[...chosen]}
        onChange={onChange}
        description={`${chosen.length} of ${countOf(tenants.length, "tenant", "tenants")}. Whoever connects a tenant is granted it too.`}
      >
        <div className="flex max-h-72 flex-col overflow-y-auto rounded-2 border border-line p-2 empty:hidden">
          {shown.map(({ id, name }) => (
            <Checkbox key={id} value={id}>
              {name}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <div className="flex gap-2">
        <Button size="small" variant="quiet" onPress={() => onChange(tenants.map(({ id }) => id))}>
          Tick all {tenants.length}
        </Button>
        <Button size="small" variant="quiet" onPress={() => onChange([])}>
          Tick none
        </Button>
      </div>
    </div>
  );
}
