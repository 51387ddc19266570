"use client";

import { ClauseEditor } from "@/components/roster/clause-editor";
import { firstCondition } from "@/components/roster/condition-editor";
import { toConditionWords } from "@/components/roster/condition-words";
import { FieldBox } from "@/components/roster/field-box";
import type { KnownNames } from "@/components/roster/known-names";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Grouping } from "@/lib/roster/policy/policy";
import { KeepFocus } from "@/components/ui/keep-focus";

type Rules = Grouping["rules"];

type GroupRulesProps = {
  rules: Rules;
  onChange: (rules: Rules) => void;
  names: KnownNames;
  tenantGroups: readonly string[];
  isReadOnly: boolean;
};

/** Rules that add people to KnowBe4 groups by department, location or another field. */
export function GroupRules({ rules, onChange, names, tenantGroups, isReadOnly }: GroupRulesProps) {
  if (isReadOnly) {
    return (
      <Card title="Rules">
        <ul className="flex flex-col gap-1 text-ink-2">
          {rules.map(({ when, group }, at) => (
            <li key={at}>
              {group}: {when.map(toConditionWords).join(" and ")}
            </li>
          ))}
          {rules.length === 0 ? <li>None.</li> : null}
        </ul>
      </Card>
    );
  }
  return (
    <Card title="Rules" note="people who meet all conditions of a rule are added to its group">
      <KeepFocus of={rules.length} label="Rules" className="flex flex-col gap-4">
        {rules.map((rule, at) => (
          <div key={at} className="flex flex-col gap-3 rounded-2 border border-line p-3">
            <div className="flex items-end justify-between gap-2">
              <FieldBox
                label="KnowBe4 group"
                value={rule.group}
                onChange={(group) => onChange(rules.with(at, { ...rule, group }))}
                names={tenantGroups}
                className="flex-1 sm:max-w-80"
              />
              <Button size="small" onPress={() => onChange(rules.toSpliced(at, 1))}>
                Remove rule {at + 1}
              </Button>
            </div>
            <ClauseEditor
              label={`Conditions of rule ${at + 1}`}
              value={rule.when}
              onChange={(when) => onChange(rules.with(at, { ...rule, when }))}
              names={names}
            />
          </div>
        ))}
        <div>
          <Button onPress={() => onChange([...rules, { when: [firstCondition], group: "" }])}>
            Add a rule
          </Button>
        </div>
      </KeepFocus>
    </Card>
  );
}
