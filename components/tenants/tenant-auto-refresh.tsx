"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { toVersion } from "@/components/tenants/tenant-version";
import { fetchJson } from "@/components/ui/fetch-json";
import { Notice } from "@/components/ui/notice";
import { usePoll } from "@/components/ui/use-poll";
import type { TenantDetail } from "@/lib/tenants/types";

type TenantAutoRefreshProps = {
  tenantId: string;
  /** What the page was drawn from, as toPulse gives it. */
  pulse: string;
  /** Whether something is under way there: asked every second then, and every ten seconds at rest. */
  isBusy: boolean;
};

/**
 * Asks how the tenant is and has the server draw the page anew when it is no longer as drawn, so that there is one
 * drawing of everything and it works without this too.
 */
export function TenantAutoRefresh({ tenantId, pulse, isBusy }: TenantAutoRefreshProps) {
  const router = useRouter();
  const { data = pulse, error } = usePoll(
    (signal) => fetchVersion(tenantId, signal),
    isBusy ? 1_000 : 10_000,
  );
  useEffect(() => {
    if (data !== pulse) router.refresh();
  }, [data, pulse, router]);
  return (
    // No box of its own, so that it takes no room while it has nothing to say.
    <div aria-live="polite" className="contents">
      {error ? (
        <Notice kind="warning" title="This page does not follow the tenant at the moment">
          {error.message} What you see may be older than it looks; it is asked again by itself.
        </Notice>
      ) : null}
    </div>
  );
}

async function fetchVersion(tenantId: string, signal: AbortSignal): Promise<string> {
  return toVersion(await fetchJson<TenantDetail>(`/api/tenants/${tenantId}`, { signal }));
}
