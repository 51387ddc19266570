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
import { ComboBox } from "@/components/ui/fields/combo-box";
import { IconButton } from "@/components/ui/icon-button";
import type { Option } from "@/components/ui/fields/option-list";
import { useKeptState } from "@/components/ui/actions/use-kept-state";

export type PickedGroups = {
  picked: readonly string[];
  /** Typed but not added yet. It is sent too, so that nothing is lost without pressing Add. */
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
  /** The server's messages about the names. */
  errors: readonly string[];
};

/** Groups by name across the chosen tenants. Those that do not exist are created. */
export function GroupPicker({ label, state, groups, tenantIds, errors }: GroupPickerProps) {
  const { picked, draft, setPicked, setDraft } = state;
  const box = useRef<HTMLDivElement>(null);
  const choices = listGroupChoices(groups, tenantIds);

  function add(name: string) {
    setPicked(withName(picked, name));
    setDraft("");
  }
  /** Enter adds the typed name; if it stayed in the field, the next name would replace it. */
  function addTyped(event: KeyboardEvent<HTMLElement>) {
    const isOnOption =
      event.target instanceof HTMLElement && event.target.hasAttribute("aria-activedescendant");
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || isOnOption) return;
    // Only the form's submit is prevented: the combo box needs the key to close its list.
    event.preventDefault();
    add(draft);
  }
  function remove(name: string) {
    setPicked(picked.filter((each) => each !== name));
    // The group's button is removed with it, so focus moves to the field and not to the top of the page.
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
                label={`Remove ${name}`}
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

/** Groups that are not chosen yet; an unknown name is offered as a new group. */
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
