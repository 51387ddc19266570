"use client";

import { groupKey } from "@/components/changes/new-change/group-choice";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { CheckboxGroup } from "@/components/ui/fields/checkbox-group";
import { countOf } from "@/components/words/count-words";
import type { Account } from "@/lib/directory/types";

type LeavingGroupsProps = {
  accounts: readonly Account[];
  chosen: readonly string[];
  onChoose: (names: readonly string[]) => void;
};

/** The groups that the chosen accounts can be removed from. */
export function LeavingGroups({ accounts, chosen, onChoose }: LeavingGroupsProps) {
  const joined = listJoinedGroups(accounts);
  if (joined.length === 0)
    return (
      <p className="text-ink-2">
        The chosen accounts are in no group, so there is nothing to remove them from.
      </p>
    );
  return (
    <CheckboxGroup label="Remove from groups" name="leaving" value={[...chosen]} onChange={onChoose}>
      {joined.map(({ name, accounts: count }) => (
        <Checkbox key={name} value={name}>
          <span>
            {name}{" "}
            <span className="text-12 text-ink-3">
              {count} of {countOf(accounts.length, "account", "accounts")}
            </span>
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

/** Groups by name, with how many of the accounts are in each. */
export function listJoinedGroups(accounts: readonly Account[]): { name: string; accounts: number }[] {
  const byKey = new Map<string, { name: string; accounts: number }>();
  for (const name of accounts.flatMap(({ groups }) => groups)) {
    const known = byKey.get(groupKey(name));
    if (known) known.accounts += 1;
    else byKey.set(groupKey(name), { name, accounts: 1 });
  }
  return [...byKey.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}
