"use client";

import { useState } from "react";
import { ExpressionEditor } from "@/components/roster/expression-editor";
import type { KnownNames } from "@/components/roster/known-names";
import { ownerWords } from "@/components/roster/roster-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Select } from "@/components/ui/fields/select";
import { attributes } from "@/lib/knowbe4/attributes";
import type { MappedKey, MappingRule, Owner } from "@/lib/roster/policy/policy";

export type RuleFormProps = {
  attribute: MappedKey;
  rule: MappingRule;
  onChange: (rule: MappingRule) => void;
  names: KnownNames;
};

const owners: Owner[] = ["source", "operator", "tenant"];
const ownerChoices = owners.map((id) => ({
  id,
  label: ownerWords[id].word,
  description: ownerWords[id].meaning,
}));

/** How deep the form lets expressions nest: one level less than the server accepts. */
const DEPTH = 2;

/** The contents of a RuleDialog. */
export function RuleForm({
  attribute,
  rule,
  onChange,
  names,
  onDone,
}: RuleFormProps & { onDone: () => void }) {
  const [draft, setDraft] = useState(rule);
  const { label, note } = attributes[attribute];
  return (
    <div className="flex flex-col gap-4">
      {note ? <p className="text-ink-2">{note}</p> : null}
      <Checkbox
        isSelected={draft.expression !== null}
        onChange={(isMapped) =>
          setDraft({ ...draft, expression: isMapped ? { kind: "field", name: attribute } : null })
        }
        description="An attribute without a rule is never written."
      >
        Mapped
      </Checkbox>
      {draft.expression ? (
        <ExpressionEditor
          label="Value"
          value={draft.expression}
          onChange={(expression) => setDraft({ ...draft, expression })}
          names={names}
          depth={DEPTH}
        />
      ) : null}
      <Select
        label="Owner"
        options={ownerChoices}
        value={draft.owner}
        onChange={(owner) => setDraft({ ...draft, owner: owners.find((each) => each === owner) ?? "source" })}
        description={ownerWords[draft.owner].meaning}
      />
      <Checkbox
        isSelected={draft.isCreateOnly}
        onChange={(isCreateOnly) => setDraft({ ...draft, isCreateOnly })}
        description="Written when the account is created, never later."
      >
        Only when creating
      </Checkbox>
      <Checkbox
        isSelected={draft.isProtected}
        onChange={(isProtected) => setDraft({ ...draft, isProtected })}
        description="No change writes it in this tenant."
      >
        Protected
      </Checkbox>
      <div className="flex flex-wrap justify-end gap-2">
        <Button slot="close">Cancel</Button>
        <Button
          variant="primary"
          onPress={() => {
            onChange(draft);
            onDone();
          }}
        >
          Use this rule for {label}
        </Button>
      </div>
    </div>
  );
}
