import { GroupsPart } from "@/components/roster/groups-part";
import { GuardsPart } from "@/components/roster/guards-part";
import { MappingPart } from "@/components/roster/mapping-part";
import { type PeopleQuery, PeoplePart } from "@/components/roster/people-part";
import { RosterParts, toRosterPart } from "@/components/roster/roster-parts";
import { ScopePart } from "@/components/roster/scope-part";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

type RosterTabProps = { tenant: TenantDetail; role: Role; part?: string } & PeopleQuery;

/** Who should be in the tenant, and how the policy maps that to KnowBe4. */
export function RosterTab({ tenant, role, part: given, ...query }: RosterTabProps) {
  const part = toRosterPart(given);
  const mayManage = tenantCan.edit(tenant) && can(role, "roster.manage");
  const props = { tenant, mayManage };
  return (
    <>
      <RosterParts tenant={tenant} part={part} />
      {part === "people" ? <PeoplePart {...props} query={query} /> : null}
      {part === "mapping" ? <MappingPart {...props} /> : null}
      {part === "scope" ? <ScopePart {...props} /> : null}
      {part === "groups" ? <GroupsPart {...props} /> : null}
      {part === "guards" ? <GuardsPart {...props} q={query.q} after={query.after} /> : null}
    </>
  );
}
