"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/ui/fetch-json";
import type { StandingGroup } from "@/components/changes/new-change/group-choice";

/** The groups of the chosen tenants, fetched when tenants are chosen. Until then, names can be typed. */
export function useStandingGroups(tenantIds: readonly string[]): readonly StandingGroup[] {
  const query = new URLSearchParams(tenantIds.toSorted().map((id) => ["tenant", id])).toString();
  const { data } = useQuery({
    queryKey: ["standing-groups", query],
    queryFn: ({ signal }) => fetchJson<StandingGroup[]>(`/api/groups/standing?${query}`, { signal }),
    enabled: tenantIds.length > 0,
    placeholderData: keepPreviousData,
  });
  return data ?? [];
}
