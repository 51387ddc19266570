import { LimitsDialog } from "@/components/tenants/limits-dialog";
import { tabHref } from "@/components/tenants/tenant-tabs";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/text-link";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { countOf } from "@/components/words/count-words";
import { toDuration } from "@/components/words/duration-words";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** The tenant's domains and rate limit. Its safety limits have a tab of their own. */
export function LimitsCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id: tenantId, name, domains, rateMax, inFlightMax, visibleInMinutes } = tenant;
  const isOpen = tenantCan.edit(tenant) && can(role, "tenant.manage");
  return (
    <Card
      title="Domains and rate limit"
      aside={
        isOpen ? (
          <LimitsDialog limits={{ tenantId, name, domains, rateMax, inFlightMax, visibleInMinutes }} />
        ) : null
      }
    >
      <DefinitionList
        items={[
          {
            term: "Domains",
            detail: domains.length > 0 ? <Code>{domains.join(", ")}</Code> : "none: no address is checked",
          },
          { term: "Rate", detail: toRateWords(tenant) },
          {
            term: "Expected to be confirmed",
            detail: `within ${toDuration(visibleInMinutes * 60_000)} after being accepted`,
          },
          {
            term: "Archives, restores, removals",
            detail: <TextLink href={tabHref(tenantId, "rails")}>held above its limits</TextLink>,
          },
        ]}
      />
    </Card>
  );
}

/** The configured limit, and the current one when that is lower. */
function toRateWords({ rate, rateMax, inFlightMax }: TenantDetail): string {
  const most = rateMax === null ? "no limit" : `up to ${rateMax} requests a second`;
  const found =
    rate !== null && (rateMax === null || rate < rateMax) ? `; ${Math.round(rate * 10) / 10} now` : "";
  return `${most}, ${countOf(inFlightMax, "request", "requests")} at a time${found}`;
}
