import { Time } from "@/components/ui/time";
import { toTenantWhy, toTenantWord } from "@/components/words/tenant-words";
import { WordStatus } from "@/components/words/word-status";
import type { TenantSummary } from "@/lib/tenants/types";

/** A tenant's word and, under it, why. */
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

/** How old the mirror of a tenant is, which every count beside it is as old as. */
export function AsOf({ readAt }: { readAt: Date | null }) {
  return readAt ? <Time at={readAt} /> : <>not read yet</>;
}
