import { GroupingForm } from "@/components/roster/tab-forms";
import { toKnownNames } from "@/components/roster/known-names";
import { PolicySaved } from "@/components/roster/policy-saved";
import type { RosterPartProps } from "@/components/roster/roster-parts";
import { loadGroups } from "@/lib/directory/loaders";
import { loadPolicy, loadRosterFacts } from "@/lib/roster/loaders";

/** How roster groups, departments and locations map to KnowBe4 groups. */
export async function GroupsPart({ tenant, mayManage }: RosterPartProps) {
  const [{ policy, version }, facts, groups] = await Promise.all([
    loadPolicy(tenant.id),
    loadRosterFacts(tenant.id),
    loadGroups([tenant.id]),
  ]);
  return (
    <PolicySaved what={`The grouping of ${tenant.name}`} version={version}>
      <GroupingForm
        key={version}
        tenant={{ id: tenant.id, name: tenant.name }}
        grouping={policy.grouping}
        version={version}
        names={toKnownNames(facts)}
        tenantGroups={groups.map(({ displayName }) => displayName)}
        mayManage={mayManage}
      />
    </PolicySaved>
  );
}
