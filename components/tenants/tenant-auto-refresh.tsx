"use client";

import { useEffect } from "react";
import { toVersion } from "@/components/tenants/tenant-version";
import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";
import { Notice } from "@/components/ui/notice";
import { usePoll } from "@/components/ui/use-poll";
import { useRefresh } from "@/components/ui/use-refresh";
import type { TenantDetail } from "@/lib/tenants/types";

type TenantAutoRefreshProps = {
  tenantId: string;
  /** The version that the page was rendered from, as toVersion gives it. */
  version: string;
  /** True while something is running: polled every second then, else every ten seconds. */
  isBusy: boolean;
};

/**
 * Polls the tenant's version and refreshes the page when it differs. The server renders everything, and the page also
 * works without this.
 */
export function TenantAutoRefresh({ tenantId, version, isBusy }: TenantAutoRefreshProps) {
  const refresh = useRefresh();
  const { data = version, error } = usePoll(
    (signal) => fetchVersion(tenantId, signal),
    isBusy ? 1_000 : 10_000,
  );
  useEffect(() => {
    if (data !== version) void refresh();
  }, [data, version, refresh]);
  return (
    // It has no box, so an empty region takes no space.
    <div aria-live="polite" className="contents">
      {error && !(error instanceof LostAnswerError) ? (
        <Notice kind="warning" title="This page is not updating">
          {error.message} What you see may be out of date. Rollcall keeps trying.
        </Notice>
      ) : null}
    </div>
  );
}

async function fetchVersion(tenantId: string, signal: AbortSignal): Promise<string> {
  return toVersion(await fetchJson<TenantDetail>(`/api/tenants/${tenantId}`, { signal }));
}
