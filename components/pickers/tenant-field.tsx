"use client";

import { SearchBox } from "@/components/ui/fields/search-box";
import type { Option } from "@/components/ui/fields/option-list";
import type { TenantOptions } from "@/lib/tenants/types";

export type NamedTenant = { id: string; name: string };

type TenantFieldProps = {
  label: string;
  name?: string;
  chosen: NamedTenant | null;
  onChoose?: (tenant: NamedTenant | null) => void;
  /** Includes disconnected tenants, whose history stays readable. */
  withDisconnected?: boolean;
  /** adding: the choice goes elsewhere, and the field is then empty for the next. */
  kind?: "one" | "adding";
  isRequired?: boolean;
  placeholder?: string;
  className?: string;
};

/** One tenant, found by part of its name or domain. */
export function TenantField({ chosen, onChoose, withDisconnected = false, ...field }: TenantFieldProps) {
  return (
    <SearchBox
      {...field}
      path={withDisconnected ? "/api/tenants?disconnected=1" : "/api/tenants"}
      toOptions={toOptions}
      chosen={chosen && { id: chosen.id, label: chosen.name }}
      onChoose={(option) => onChoose?.(option && { id: option.id, name: option.label })}
    />
  );
}

function toOptions(found: unknown): Option[] {
  return (found as TenantOptions).tenants.map(({ id, name, domains }) => ({
    id,
    label: name,
    description: domains.join(", "),
  }));
}
