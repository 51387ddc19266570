"use client";

import { useEffect } from "react";
import { fetchJson } from "@/components/ui/fetch-json";
import { usePoll } from "@/components/ui/use-poll";

/** A page that fails though Rollcall answers would otherwise be built again and again. */
const againAfterMs = 60_000;

let recoveredAt = 0;

/** Builds a failed page again once Rollcall and its database answer. Renders nothing. */
export function Recover({ retry }: { retry: () => void }) {
  const { data } = usePoll((signal) => fetchJson("/api/fleet", { signal }), 2_000);
  useEffect(() => {
    if (data === undefined || Date.now() - recoveredAt < againAfterMs) return;
    recoveredAt = Date.now();
    retry();
  }, [data, retry]);
  return null;
}
