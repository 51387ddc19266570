"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";
import { pollDelayMs } from "@/components/changes/progress/poll-delay";
import type { ChangeView } from "@/components/changes/model/wire";

export type LiveChange = {
  change: ChangeView;
  /** Why the page is out of date, or null. */
  problem: string | null;
  /** Fetches the change now, after an action. */
  refetch: () => Promise<unknown>;
};

/**
 * The current change: from the server at first, then polled as often as it can have changed, never while the tab is
 * hidden.
 * @param initial the rendered change; every action renders it again, and it is then the newest.
 */
export function useLiveChange(initial: ChangeView): LiveChange {
  const client = useQueryClient();
  const queryKey = ["change", initial.id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchJson<ChangeView>(`/api/changes/${initial.id}`, { signal }),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data ? pollDelayMs(state.data, Date.now()) : false),
  });
  useEffect(() => {
    client.setQueryData(["change", initial.id], initial);
  }, [client, initial]);

  const { error } = query;
  // The console says itself when Rollcall is not reached.
  const problem = error && !(error instanceof LostAnswerError) ? error.message : null;
  return { change: query.data, problem, refetch: () => client.invalidateQueries({ queryKey }) };
}
