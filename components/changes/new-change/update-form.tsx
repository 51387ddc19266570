"use client";

import { useState } from "react";
import {
  chosenAccounts,
  type PersonChoices,
  tickedAtFirst,
} from "@/components/changes/new-change/account-choices";
import { AccountsField } from "@/components/changes/new-change/accounts-field";
import {
  mainAttributes,
  moreAttributes,
  readAttributes,
} from "@/components/changes/new-change/attribute-field";
import { ChangedAttribute } from "@/components/changes/new-change/changed-attribute";
import { GroupPicker, usePickedGroups } from "@/components/changes/new-change/group-picker";
import { LeavingGroups, listJoinedGroups } from "@/components/changes/new-change/leaving-groups";
import { PlanForm, readWhy } from "@/components/changes/new-change/plan-form";
import { messagesAbout, usePlanForm } from "@/components/changes/new-change/use-plan-form";
import { useStandingGroups } from "@/components/changes/new-change/use-standing-groups";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { countOf } from "@/components/words/count-words";
import type { AttributeKey } from "@/lib/knowbe4/attributes";

/** Updates a person's details and groups. Empty fields are not changed; clearing needs its own button. */
export function UpdateForm({ person }: { person: PersonChoices }) {
  const [chosen, setChosen] = useState<readonly string[]>(() => tickedAtFirst(person));
  const [cleared, setCleared] = useState<readonly AttributeKey[]>([]);
  const [leaving, setLeaving] = useState<readonly string[]>([]);
  const joining = usePickedGroups();
  const accounts = chosenAccounts(person, chosen);
  const tenantIds = [...new Set(accounts.map(({ tenantId }) => tenantId))];
  const groups = useStandingGroups(tenantIds);
  const left = listJoinedGroups(accounts)
    .map(({ name }) => name)
    .filter((name) => leaving.includes(name));

  const form = usePlanForm((data) => {
    const typed = Object.entries(readAttributes(data)).filter(([, value]) => value.trim() !== "");
    const attributes = {
      ...Object.fromEntries(typed),
      ...Object.fromEntries(cleared.map((key) => [key, null])),
    };
    const addGroups = joining.names();
    if (Object.keys(attributes).length + addGroups.length + left.length === 0) {
      return "The form asks for no change. No plan was made. Fill in an attribute, clear one, or choose a group.";
    }
    const standing = accounts.map(({ tenantId, resourceId, userName }) => ({
      tenantId,
      resourceId,
      userName,
    }));
    return {
      intent: { kind: "update", attributes, addGroups, removeGroups: left, accounts: standing },
      ...readWhy(data),
    };
  });

  const toField = (key: AttributeKey) => (
    <ChangedAttribute
      key={key}
      attribute={key}
      accounts={accounts}
      isCleared={cleared.includes(key)}
      onClear={(isCleared) =>
        setCleared(isCleared ? [...cleared, key] : cleared.filter((each) => each !== key))
      }
    />
  );
  const fields = form.refusal?.fields ?? {};
  return (
    <PlanForm
      name="update"
      form={form}
      reasonExample="Moved to Compliance on 1 December"
      submitLabel={`Plan to update ${countOf(accounts.length, "account", "accounts")} of ${person.name}`}
    >
      <AccountsField
        person={person}
        chosen={chosen}
        onChoose={setChosen}
        errors={messagesAbout(fields, "intent.accounts")}
      />
      <Card title="Attributes" note="Empty fields are not changed">
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">{mainAttributes.map(toField)}</div>
        <Disclosure summary="More attributes" className="mt-4 rounded-2 border border-line">
          <div className="grid gap-x-6 gap-y-4 p-4 sm:grid-cols-2">{moreAttributes.map(toField)}</div>
        </Disclosure>
      </Card>
      <Card title="Groups">
        <div className="flex flex-col gap-5">
          <GroupPicker
            label="Add to a group"
            state={joining}
            groups={groups}
            tenantIds={tenantIds}
            errors={messagesAbout(fields, "intent.addGroups")}
          />
          <LeavingGroups accounts={accounts} chosen={left} onChoose={setLeaving} />
        </div>
      </Card>
    </PlanForm>
  );
}
