import { LimitsDialog } from "@/components/tenants/limits-dialog";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { DefinitionList } from "@/components/ui/definition-list";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { countOf } from "@/components/words/count-words";
import type { TenantDetail } from "@/lib/tenants/types";

/** What Rollcall holds back by itself in this tenant. */
export function LimitsCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { name, domains, archiveHoldMin, archiveHoldShare, rate, inFlightMax } = tenant;
  const isOpen = tenant.state !== "disconnected" && can(role, "tenant.manage");
  const percent = toPercent(archiveHoldShare);
  return (
    <Card
      title="Limits"
      aside={
        isOpen ? (
          <LimitsDialog
            limits={{
              tenantId: tenant.id,
              name,
              domains,
              archiveHoldMin,
              archiveHoldPercent: percent,
              rate,
              inFlightMax,
            }}
          />
        ) : null
      }
    >
      <DefinitionList
        items={[
          {
            term: "Domains",
            detail: domains.length > 0 ? <Code>{domains.join(", ")}</Code> : "none: no address is checked",
          },
          {
            term: "Archives",
            detail: `more than ${archiveHoldMin} or ${percent} % of the active people, whichever is more, are held for another operator`,
          },
          {
            term: "Rate",
            detail: `${rate === null ? "no limit" : `${rate} requests a second`}, ${countOf(inFlightMax, "request", "requests")} at a time`,
          },
        ]}
      />
    </Card>
  );
}

/** A share as people say it, without the digits that fractions of two leave behind. */
function toPercent(share: number): number {
  return Math.round(share * 1_000) / 10;
}
