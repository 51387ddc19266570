"use client";

import {
  type AccountChoice,
  accountKey,
  type PersonChoices,
} from "@/components/changes/new-change/account-choices";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { CheckboxGroup } from "@/components/ui/fields/checkbox-group";
import { Code } from "@/components/ui/code";

type AccountsFieldProps = {
  person: PersonChoices;
  /** Keys of the ticked ones. */
  chosen: readonly string[];
  onChoose: (keys: readonly string[]) => void;
  errors: readonly string[];
};

/** The accounts of a change. Possible matches are listed apart and never ticked at first. */
export function AccountsField({ person, chosen, onChoose, errors }: AccountsFieldProps) {
  return (
    <Card title="Accounts" note="In every tenant you can see">
      <CheckboxGroup
        label={`Accounts of ${person.name}`}
        name="accounts"
        isRequired
        value={[...chosen]}
        onChange={onChoose}
        validate={(keys) => (keys.length === 0 ? "No account is chosen. Choose at least one." : null)}
      >
        <AccountList accounts={person.sure} name={person.name} />
        <Apart
          title="Same name, possibly the same person"
          text="Only the name matches. Tick one if you know that it is the same person."
          accounts={person.namesakes}
          name={person.name}
        />
        <Apart
          title="Same external ID, another name"
          text="Clients often use the same numbers, so this may be somebody else. Tick one only if you know that it is the same person."
          accounts={person.unlike}
          name={person.name}
        />
      </CheckboxGroup>
      {errors.map((message) => (
        <p key={message} data-mistake="" className="mt-2 text-12 text-failed">
          {message}
        </p>
      ))}
    </Card>
  );
}

type ApartProps = { title: string; text: string; accounts: readonly AccountChoice[]; name: string };

function Apart({ title, text, accounts, name }: ApartProps) {
  if (accounts.length === 0) return null;
  return (
    <section aria-label={title} className="mt-3 rounded-2 bg-sunken p-3">
      <h3 className="font-medium text-ink">{title}</h3>
      <p className="mb-2 text-12 text-ink-2">{text}</p>
      <AccountList accounts={accounts} name={name} />
    </section>
  );
}

function AccountList({ accounts, name }: { accounts: readonly AccountChoice[]; name: string }) {
  return (
    <ul className="flex flex-col gap-1">
      {accounts.map((account) => (
        <li key={accountKey(account)}>
          <Checkbox
            value={accountKey(account)}
            isDisabled={account.whyNot !== null}
            description={account.whyNot ?? account.waiting}
          >
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{account.tenantName}</span>
              <Code className="[overflow-wrap:anywhere]">{account.userName}</Code>
              {account.displayName === name ? null : <span>{account.displayName}</span>}
              {account.active ? null : <span className="text-12 text-ink-3">archived</span>}
            </span>
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
