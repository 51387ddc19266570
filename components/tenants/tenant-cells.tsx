import { Time } from "@/components/ui/time";
import { toTenantWhy, toTenantWord } from "@/components/words/tenant-words";
import { WordStatus } from "@/components/words/word-status";
import type { TenantSummary } from "@/lib/tenants/types";

/** A tenant's state and, under it, the reason. */
export function TenantStateCell({ tenant, now }: { tenant: TenantSummary; now: Date }) {
  const why = toTenantWhy(tenant, now);
  if (!why) return <WordStatus word={toTenantWord(tenant, now)} />;
  return (
    <span className="flex min-w-0 flex-col">
      <WordStatus word={toTenantWord(tenant, now)} />
      <span className="text-12 text-ink-3">{why}</span>
    </span>
  );
}

/** The age of a tenant's mirror, and so of every count beside it. */
export function AsOf({ readAt }: { readAt: Date | null }) {
  return readAt ? <Time at={readAt} /> : <>not read yet</>;
}
