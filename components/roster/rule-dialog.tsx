"use client";

import { useState } from "react";
import { ExpressionEditor } from "@/components/roster/expression-editor";
import type { KnownNames } from "@/components/roster/known-names";
import { ownerWords } from "@/components/roster/roster-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { attributes } from "@/lib/knowbe4/attributes";
import type { MappedKey, MappingRule, Owner } from "@/lib/roster/policy/policy";

type RuleDialogProps = {
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

/** An expression in an expression in this one: what the form offers, one level short of what is taken. */
const DEPTH = 2;

/** The rule of one attribute. It is kept in the form; the mapping is saved as a whole. */
export function RuleDialog({ attribute, rule, onChange, names }: RuleDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState(rule);
  const { label, note } = attributes[attribute];

  function onOpenChange(open: boolean) {
    setDraft(rule);
    setIsOpen(open);
  }

  return (
    <Dialog
      title={label}
      size="large"
      trigger={
        <Button size="small" aria-label={`Edit the rule of ${label}`}>
          Edit
        </Button>
      }
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={false}
    >
      <div className="flex flex-col gap-4">
        {note ? <p className="text-ink-2">{note}</p> : null}
        <Checkbox
          isSelected={draft.expression !== null}
          onChange={(isMapped) =>
            setDraft({ ...draft, expression: isMapped ? { kind: "field", name: attribute } : null })
          }
          description="What is not mapped is never touched."
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
          onChange={(owner) =>
            setDraft({ ...draft, owner: owners.find((each) => each === owner) ?? "source" })
          }
          description={ownerWords[draft.owner].meaning}
        />
        <Checkbox
          isSelected={draft.isCreateOnly}
          onChange={(isCreateOnly) => setDraft({ ...draft, isCreateOnly })}
          description="Written when the account is created, and never again."
        >
          Only when creating
        </Checkbox>
        <Checkbox
          isSelected={draft.isProtected}
          onChange={(isProtected) => setDraft({ ...draft, isProtected })}
          description="No change of any kind writes it in this tenant."
        >
          Protected
        </Checkbox>
        <div className="flex flex-wrap justify-end gap-2">
          <Button slot="close">Cancel</Button>
          <Button
            variant="primary"
            onPress={() => {
              onChange(draft);
              setIsOpen(false);
            }}
          >
            Use this rule for {label}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
