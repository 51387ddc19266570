"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { attributeKeys, attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import { setEntryAction } from "@/lib/roster/actions";
import type { RosterEntry } from "@/lib/roster/model/types";

type EntryFormProps = {
  tenantId: string;
  entry: Pick<RosterEntry, "userName" | "fields" | "overrides" | "active">;
};

const choices = attributeKeys
  .filter((key) => key !== "userName")
  .map((key) => ({ id: key, label: attributes[key].label }));

const emptyDraft = { field: "title", value: "", isCleared: false, reason: "" };

/** Sets one person's values over those of their source. Nothing is sent: the next plan shows the result. */
export function EntryForm({ tenantId, entry }: EntryFormProps) {
  const { userName, fields, overrides, active } = entry;
  const [draft, setDraft, kept] = useKeptState(`entry ${userName}`, emptyDraft);
  const { field, value, isCleared, reason } = draft;
  const set = (given: Partial<typeof emptyDraft>) => setDraft((before) => ({ ...before, ...given }));
  const decide = useAction(setEntryAction, { onDone: kept.settle });
  const base = { tenantId, userName, reason };
  const decided = Object.entries(overrides);
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      {decide.doneCount === 0 ? <KeptNotice kept={kept} /> : null}
      <RefusalNotice refusal={decide.refusal} />
      <TextField
        label="Reason"
        value={reason}
        onChange={(next) => set({ reason: next })}
        description="The audit log keeps it beside your decision."
        autoComplete="off"
        isRequired
      />
      <div className="grid items-end gap-3 sm:grid-cols-[12rem_1fr_auto_auto]">
        <Select
          label="Attribute"
          options={choices}
          value={field}
          onChange={(key) => set({ field: String(key) })}
        />
        <TextField
          label="Value"
          value={value}
          onChange={(next) => set({ value: next })}
          isDisabled={isCleared}
          placeholder={fields[field] ? `Source value: ${fields[field]}` : "The source has no value"}
          autoComplete="off"
        />
        <Checkbox isSelected={isCleared} onChange={(next) => set({ isCleared: next })}>
          Clear it
        </Checkbox>
        <Button
          isPending={decide.isPending}
          isDisabled={!isCleared && value.trim() === ""}
          onPress={() => void decide.run({ ...base, fields: { [field]: isCleared ? null : value } })}
        >
          Set {labelOf(field)}
        </Button>
      </div>
      {decided.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {decided.map(([name, given]) => (
            <li key={name} className="flex flex-wrap items-center gap-3">
              <span>
                {labelOf(name)}: {given ?? "cleared"}
              </span>
              <Button
                size="small"
                isPending={decide.isPending}
                onPress={() => void decide.run({ ...base, forget: [name] })}
              >
                Use the source for {labelOf(name)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div>
        <Button isPending={decide.isPending} onPress={() => void decide.run({ ...base, active: !active })}>
          {active ? `Mark ${userName} as left` : `Mark ${userName} as active`}
        </Button>
      </div>
    </div>
  );
}

function labelOf(field: string): string {
  return isAttributeKey(field) ? attributes[field].label : field;
}
