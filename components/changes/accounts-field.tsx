"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import type { Account } from "@/lib/directory/types";

/** An account as a form offers it. */
export type AccountChoice = Account & {
  /** Why it cannot be chosen: its tenant is not written to, or there is nothing to do. */
  whyNot: string | null;
};

export function accountKey({ tenantId, resourceId }: Pick<Account, "tenantId" | "resourceId">): string {
  return `${tenantId} ${resourceId}`;
}

type AccountsFieldProps = {
  /** The accounts of the person. */
  accounts: readonly AccountChoice[];
  /** Others of the same name: never ticked unasked. */
  namesakes: readonly AccountChoice[];
  chosen: readonly string[];
  onChoose: (keys: readonly string[]) => void;
  errors: readonly string[];
};

/** Which accounts a change is about. */
export function AccountsField({ accounts, namesakes, chosen, onChoose, errors }: AccountsFieldProps) {
  return (
    <Card title="Accounts" note="In every tenant you may see">
      <CheckboxGroup
        label="Accounts of this person"
        isRequired
        value={[...chosen]}
        onChange={onChoose}
        validate={(keys) => (keys.length === 0 ? "No account is chosen. Choose at least one." : null)}
      >
        <AccountList accounts={accounts} />
        {namesakes.length > 0 ? (
          <div role="group" aria-labelledby="namesakes" className="mt-3 rounded-2 bg-sunken p-3">
            <h3 id="namesakes" className="font-medium text-ink">
              Same name, perhaps the same person
            </h3>
            <p className="mb-2 text-12 text-ink-2">
              Only the name joins these to the accounts above. Tick one if you know that it is the same
              person.
            </p>
            <AccountList accounts={namesakes} />
          </div>
        ) : null}
      </CheckboxGroup>
      {errors.map((message) => (
        <p key={message} data-mistake="" className="mt-2 text-12 text-failed">
          {message}
        </p>
      ))}
    </Card>
  );
}

function AccountList({ accounts }: { accounts: readonly AccountChoice[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {accounts.map((account) => (
        <li key={accountKey(account)}>
          <Checkbox
            value={accountKey(account)}
            isDisabled={account.whyNot !== null}
            description={account.whyNot}
          >
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{account.tenantName}</span>
              <Code className="[overflow-wrap:anywhere]">{account.userName}</Code>
              {account.active ? null : <span className="text-12 text-ink-3">archived</span>}
            </span>
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
