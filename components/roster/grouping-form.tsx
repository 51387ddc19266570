"use client";

import { GroupRules } from "@/components/roster/group-rules";
import type { KnownNames } from "@/components/roster/known-names";
import { PairsEditor } from "@/components/roster/pairs-editor";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { savePolicyAction } from "@/lib/roster/actions";
import type { Grouping } from "@/lib/roster/policy/policy";

type GroupingFormProps = {
  tenant: { id: string; name: string };
  grouping: Grouping;
  version: number;
  names: KnownNames;
  /** The tenant's groups. */
  tenantGroups: readonly string[];
  mayManage: boolean;
};

export function GroupingForm(props: GroupingFormProps) {
  const { tenant, grouping: saved, version, names, tenantGroups, mayManage } = props;
  const [grouping, setGrouping, kept] = useKeptState(mayManage ? `groups ${version}` : null, saved);
  const save = useAction(savePolicyAction);
  const { others, names: pairs, nesting, rules } = grouping;
  return (
    <>
      <KeptNotice kept={kept} />
      <RefusalNotice refusal={save.refusal} />
      <Notice kind="info" title="Rollcall manages every group that a rule or the name map names">
        The next plan removes members of these groups who should not be in them. Rollcall only adds to other
        groups: it never empties or deletes them.
      </Notice>
      <Card title="Names" note="roster group to KnowBe4 group">
        <PairsEditor
          label="Names"
          left={{ label: "Roster group", names: names.groups }}
          right={{ label: "KnowBe4 group", names: tenantGroups }}
          pairs={pairs.map(({ from, to }) => [from, to])}
          onChange={(next) => setGrouping({ ...grouping, names: next.map(([from, to]) => ({ from, to })) })}
          addLabel="Add a name"
          isReadOnly={!mayManage}
        />
        <RadioGroup
          label="Roster groups without a name above"
          value={others}
          onChange={(value) => setGrouping({ ...grouping, others: value === "none" ? "none" : "same" })}
          isDisabled={!mayManage}
          className="mt-4"
        >
          <Radio value="same">Go into the KnowBe4 group of the same name; members are only added</Radio>
          <Radio value="none">Become nothing</Radio>
        </RadioGroup>
      </Card>
      <Card
        title="Nested groups"
        note="KnowBe4 has no nested groups, so members are added to every outer group"
      >
        <PairsEditor
          label="Nested groups"
          left={{ label: "Inner roster group", names: names.groups }}
          right={{ label: "Outer roster group", names: names.groups }}
          pairs={nesting.map(({ group, within }) => [group, within])}
          onChange={(next) =>
            setGrouping({ ...grouping, nesting: next.map(([group, within]) => ({ group, within })) })
          }
          addLabel="Add a nested group"
          isReadOnly={!mayManage}
        />
      </Card>
      <GroupRules
        rules={rules}
        onChange={(next) => setGrouping({ ...grouping, rules: next })}
        names={names}
        tenantGroups={tenantGroups}
        isReadOnly={!mayManage}
      />
      {mayManage ? (
        <div>
          <Button
            variant="primary"
            isDisabled={JSON.stringify(grouping) === JSON.stringify(saved)}
            isPending={save.isPending}
            onPress={() => void save.run({ tenantId: tenant.id, version, grouping })}
          >
            Save the groups of {tenant.name}
          </Button>
        </div>
      ) : null}
    </>
  );
}
