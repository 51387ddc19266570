"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { fetchJson } from "@/components/ui/fetch-json";
import { usePoll } from "@/components/ui/use-poll";
import type { Fleet } from "@/lib/fleet/types";

/**
 * Refreshes the page after somebody stopped or resumed sending: a layout is not rendered again for every page. A failed
 * poll leaves the page as it is; other parts of the page report a lost connection.
 */
export function FleetAutoRefresh({ stoppedAt }: { stoppedAt: string | null }) {
  const router = useRouter();
  const { data } = usePoll(fetchStoppedAt, 15_000);
  useEffect(() => {
    if (data && data.stoppedAt !== stoppedAt) router.refresh();
  }, [data, stoppedAt, router]);
  return null;
}

/** Wrapped in an object: null means "not stopped", undefined "not fetched yet". */
async function fetchStoppedAt(signal: AbortSignal): Promise<{ stoppedAt: string | null }> {
  const { stoppedAt } = await fetchJson<Wire>("/api/fleet", { signal });
  return { stoppedAt };
}

type Wire = Omit<Fleet, "stoppedAt"> & { stoppedAt: string | null };
