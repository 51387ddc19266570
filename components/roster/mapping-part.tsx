import { toKnownNames } from "@/components/roster/known-names";
import { MappingForm } from "@/components/roster/tab-forms";
import { PolicySaved } from "@/components/roster/policy-saved";
import type { RosterPartProps } from "@/components/roster/roster-parts";
import { loadEntries, loadPolicy, loadRosterFacts } from "@/lib/roster/loaders";

/** Which roster field maps to which KnowBe4 attribute. */
export async function MappingPart({ tenant, mayManage }: RosterPartProps) {
  const [{ policy, version }, facts, { rows }] = await Promise.all([
    loadPolicy(tenant.id),
    loadRosterFacts(tenant.id),
    loadEntries({ tenantId: tenant.id, state: "active" }),
  ]);
  return (
    <PolicySaved what={`The mapping of ${tenant.name}`} version={version}>
      <MappingForm
        key={version}
        tenant={{ id: tenant.id, name: tenant.name }}
        rules={policy.mapping.rules}
        version={version}
        names={toKnownNames(facts)}
        samplePerson={rows[0]?.userName ?? ""}
        mayManage={mayManage}
      />
    </PolicySaved>
  );
}
