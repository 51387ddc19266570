"use client";

import { SearchBox } from "@/components/ui/fields/search-box";

type GroupFieldProps = { tenantId: string | undefined; value: string | undefined; className?: string };

/** A group's name, chosen or typed. */
export function GroupField({ tenantId, value, className }: GroupFieldProps) {
  return (
    <SearchBox
      label="Group"
      name="group"
      path={tenantId ? `/api/groups?tenant=${tenantId}` : "/api/groups"}
      toOptions={(names) => (names as string[]).map((name) => ({ id: name, label: name }))}
      chosen={value ? { id: value, label: value } : null}
      kind="text"
      placeholder="Any group"
      className={className}
    />
  );
}
