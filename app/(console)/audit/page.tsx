import type { Metadata } from "next";
import { EventDetail } from "@/components/audit/event-detail";
import { EventFilters } from "@/components/audit/event-filters";
import { EventList } from "@/components/audit/event-list";
import { ExportLink } from "@/components/layout/export-link";
import { toExportQuery } from "@/components/audit/audit-address";
import { SealLine } from "@/components/audit/seal-line";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import {
  type AuditQuery,
  loadActors,
  loadCanVerify,
  loadEvents,
  loadOpenEvent,
  loadSealStatus,
} from "@/lib/audit/loaders";
import { loadTenantOptions } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<AuditQuery> }) {
  const query = await searchParams;
  const [{ page, filter }, open, status, canVerify, actors] = await Promise.all([
    loadEvents(query),
    loadOpenEvent(query),
    loadSealStatus(),
    loadCanVerify(),
    loadActors(),
  ]);
  const { tenantId } = filter;
  const named = tenantId && (await loadTenantOptions({ ids: [tenantId], withDisconnected: true, limit: 1 }));
  const list = <EventList page={page} query={query} openId={open?.id ?? null} />;
  return (
    <>
      <PageHeader title="Audit" actions={<ExportLink list="events" query={toExportQuery(query)} />} />
      <PageBody>
        <EventFilters query={query} tenant={named ? (named.tenants[0] ?? null) : null} actors={actors} />
        <SealLine status={status} canVerify={canVerify} />
        {open ? (
          // On small screens the open event is above the list.
          <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_23rem]">
            <div className="min-w-0 xl:order-last xl:sticky xl:top-20 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto">
              <EventDetail {...open} query={query} />
            </div>
            <div className="min-w-0">{list}</div>
          </div>
        ) : (
          list
        )}
      </PageBody>
    </>
  );
}
