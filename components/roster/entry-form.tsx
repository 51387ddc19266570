"use client";

import { useState } from "react";
import { RefusalNotice } from "@/components/roster/refusal-notice";
import { useDeed } from "@/components/roster/use-deed";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
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

/** Deciding about one person over what their source says. Nothing is sent: the next plan shows what comes of it. */
export function EntryForm({ tenantId, entry }: EntryFormProps) {
  const { userName, fields, overrides, active } = entry;
  const [field, setField] = useState("title");
  const [value, setValue] = useState("");
  const [isCleared, setIsCleared] = useState(false);
  const [reason, setReason] = useState("");
  const deed = useDeed(setEntryAction);
  const base = { tenantId, userName, reason };
  const decided = Object.entries(overrides);
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <RefusalNotice refusal={deed.refusal} />
      <TextField
        label="Reason"
        value={reason}
        onChange={setReason}
        description="For whatever you decide here. It stands in the audit log."
        autoComplete="off"
        isRequired
      />
      <div className="grid items-end gap-3 sm:grid-cols-[12rem_1fr_auto_auto]">
        <Select label="Attribute" options={choices} value={field} onChange={(key) => setField(String(key))} />
        <TextField
          label="Value"
          value={value}
          onChange={setValue}
          isDisabled={isCleared}
          placeholder={fields[field] ? `The source says ${fields[field]}` : "The source says nothing"}
          autoComplete="off"
        />
        <Checkbox isSelected={isCleared} onChange={setIsCleared}>
          Clear it
        </Checkbox>
        <Button
          isPending={deed.isPending}
          isDisabled={!isCleared && value.trim() === ""}
          onPress={() => deed.run({ ...base, fields: { [field]: isCleared ? null : value } })}
        >
          Decide {labelOf(field)}
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
                isPending={deed.isPending}
                onPress={() => deed.run({ ...base, forget: [name] })}
              >
                Let the source decide {labelOf(name)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div>
        <Button isPending={deed.isPending} onPress={() => deed.run({ ...base, active: !active })}>
          {active ? `Mark ${userName} as left` : `Mark ${userName} as active`}
        </Button>
      </div>
    </div>
  );
}

function labelOf(field: string): string {
  return isAttributeKey(field) ? attributes[field].label : field;
}
