"use client";

import { useEffect } from "react";
import { type Absence, WorkerNotice } from "@/components/fleet/worker-notice";
import { fetchJson } from "@/components/ui/fetch-json";
import { usePoll } from "@/components/ui/use-poll";
import { useRefresh } from "@/components/ui/use-refresh";

type Watched = { stoppedAt: string | null; workerAbsence: Absence | null };

/**
 * Follows what concerns every page: refreshes it after somebody stopped or resumed sending, because a layout is not
 * rendered again for every page, and says whether a worker is there. A failed poll leaves the page as it is; other parts
 * of the page report a lost connection.
 */
export function FleetWatch({ stoppedAt, workerAbsence }: Watched) {
  const refresh = useRefresh();
  const { data } = usePoll((signal) => fetchJson<Watched>("/api/fleet", { signal }), 15_000);
  useEffect(() => {
    if (data && data.stoppedAt !== stoppedAt) void refresh();
  }, [data, stoppedAt, refresh]);
  return <WorkerNotice absence={data ? data.workerAbsence : workerAbsence} />;
}
