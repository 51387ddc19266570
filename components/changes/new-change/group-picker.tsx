"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import {
  type GroupChoice,
  groupKey,
  listGroupChoices,
  type StandingGroup,
  toGroupText,
} from "@/components/changes/new-change/group-choice";
import { ComboBox } from "@/components/ui/combo-box";
import { IconButton } from "@/components/ui/icon-button";
import type { Option } from "@/components/ui/option-list";
import { useKeptState } from "@/components/ui/use-kept-state";

export type PickedGroups = {
  picked: readonly string[];
  /** Typed and not added yet. Sent too: what somebody wrote must not be lost for want of a press. */
  draft: string;
  setPicked: (names: readonly string[]) => void;
  setDraft: (text: string) => void;
  /** All names to send. */
  names: () => string[];
};

export function usePickedGroups(): PickedGroups {
  const [picked, setPicked] = useKeptState<readonly string[]>("picked-groups", []);
  const [draft, setDraft] = useKeptState("group-draft", "");
  return { picked, draft, setPicked, setDraft, names: () => withName(picked, draft) };
}

type GroupPickerProps = {
  label: string;
  state: PickedGroups;
  groups: readonly StandingGroup[];
  tenantIds: readonly string[];
  /** What the server has against the names. */
  errors: readonly string[];
};

/** Groups by name over all chosen tenants; a name that a tenant lacks is created there. */
export function GroupPicker({ label, state, groups, tenantIds, errors }: GroupPickerProps) {
  const { picked, draft, setPicked, setDraft } = state;
  const box = useRef<HTMLDivElement>(null);
  const choices = listGroupChoices(groups, tenantIds);

  function add(name: string) {
    setPicked(withName(picked, name));
    setDraft("");
  }
  /** Enter on a typed name adds it too; left in the field, the next one typed would take its place unseen. */
  function addTyped(event: KeyboardEvent<HTMLElement>) {
    const isOnOption =
      event.target instanceof HTMLElement && event.target.hasAttribute("aria-activedescendant");
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || isOnOption) return;
    // Only the form's own sending is stopped: the box must still see the key, or its list would stay open.
    event.preventDefault();
    add(draft);
  }
  function remove(name: string) {
    setPicked(picked.filter((each) => each !== name));
    // Its button is gone with it; focus must not fall back to the top of the page.
    box.current?.querySelector("input")?.focus();
  }

  return (
    <div
      ref={box}
      onKeyDownCapture={addTyped}
      className="flex flex-col gap-3"
      data-mistake={errors.length > 0 ? "" : undefined}
    >
      <ComboBox
        label={label}
        placeholder="Choose one, or type a new name"
        allowsCustomValue
        selectedKey={null}
        onSelectionChange={(key) => (key === null ? undefined : add(String(key)))}
        inputValue={draft}
        onInputChange={setDraft}
        options={toOptions(choices, picked, draft, tenantIds.length)}
      />
      {errors.map((message) => (
        <p key={message} className="text-12 text-failed">
          {message}
        </p>
      ))}
      {picked.length > 0 ? (
        <ul
          aria-label={`${label}: chosen`}
          className="flex flex-col divide-y divide-line rounded-2 border border-line"
        >
          {picked.map((name) => (
            <li key={name} className="flex min-h-row items-center gap-3 py-0.5 pr-1 pl-3">
              <span className="font-medium text-ink [overflow-wrap:anywhere]">{name}</span>
              <span className="text-12 text-ink-3">
                {toGroupText(
                  choices.find((choice) => groupKey(choice.name) === groupKey(name))?.tenants ?? 0,
                  tenantIds.length,
                )}
              </span>
              <IconButton
                label={`Take ${name} out`}
                size="small"
                className="ml-auto"
                onPress={() => remove(name)}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Groups that are not picked yet; a name that no tenant has is offered as a new group, in the same list. */
function toOptions(
  choices: readonly GroupChoice[],
  picked: readonly string[],
  draft: string,
  all: number,
): Option[] {
  const taken = new Set(picked.map(groupKey));
  const name = draft.normalize("NFC").trim();
  const isNew =
    name !== "" &&
    !taken.has(groupKey(name)) &&
    !choices.some((choice) => groupKey(choice.name) === groupKey(name));
  const standing = choices.filter((choice) => !taken.has(groupKey(choice.name)));
  return [...standing, ...(isNew ? [{ name, tenants: 0 }] : [])].map((choice) => ({
    id: choice.name,
    label: choice.name,
    description: toGroupText(choice.tenants, all),
  }));
}

function withName(names: readonly string[], added: string): string[] {
  const name = added.normalize("NFC").trim();
  if (name === "" || names.some((each) => groupKey(each) === groupKey(name))) return [...names];
  return [...names, name];
}
