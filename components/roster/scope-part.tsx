import { toKnownNames } from "@/components/roster/known-names";
import { PolicySaved } from "@/components/roster/policy-saved";
import type { RosterPartProps } from "@/components/roster/roster-parts";
import { ScopeForm } from "@/components/roster/tab-forms";
import { loadPolicy, loadRosterFacts } from "@/lib/roster/loaders";

/** Which people on the roster are provisioned. */
export async function ScopePart({ tenant, mayManage }: RosterPartProps) {
  const [{ policy, version }, facts] = await Promise.all([loadPolicy(tenant.id), loadRosterFacts(tenant.id)]);
  return (
    <PolicySaved what={`The scope of ${tenant.name}`} version={version}>
      <ScopeForm
        key={version}
        tenant={{ id: tenant.id, name: tenant.name }}
        scoping={policy.scoping}
        version={version}
        names={toKnownNames(facts)}
        mayManage={mayManage}
      />
    </PolicySaved>
  );
}
