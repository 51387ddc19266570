"use client";

import { useState } from "react";
import {
  chosenAccounts,
  type PersonChoices,
  tickedAtFirst,
} from "@/components/changes/new-change/account-choices";
import { AccountsField } from "@/components/changes/new-change/accounts-field";
import { PlanForm, readWhy } from "@/components/changes/new-change/plan-form";
import { messagesAbout, usePlanForm } from "@/components/changes/new-change/use-plan-form";
import { Notice } from "@/components/ui/notice";
import { countOf } from "@/components/words/count-words";

type OffboardFormProps = { kind: "offboard" | "restore"; person: PersonChoices };

/** Archives or restores a person: accounts, effects and reason. */
export function OffboardForm({ kind, person }: OffboardFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>(() => tickedAtFirst(person));
  const accounts = chosenAccounts(person, chosen);
  const form = usePlanForm((data) => ({
    intent: {
      kind,
      accounts: accounts.map(({ tenantId, resourceId, userName }) => ({ tenantId, resourceId, userName })),
    },
    ...readWhy(data),
  }));
  const tenants = new Set(accounts.map(({ tenantId }) => tenantId)).size;
  const where = tenants === 1 ? `in ${accounts[0]?.tenantName}` : `in ${tenants} tenants`;
  return (
    <PlanForm
      name={kind}
      form={form}
      reasonExample={kind === "offboard" ? "Left the company on Friday" : "Back from parental leave"}
      submitLabel={`Plan to ${kind} ${person.name} ${accounts.length > 0 ? where : ""}`.trim()}
    >
      <AccountsField
        person={person}
        chosen={chosen}
        onChoose={setChosen}
        errors={messagesAbout(form.refusal?.fields ?? {}, "intent.accounts")}
      />
      {kind === "offboard" ? <WhatArchiveMeans count={accounts.length} /> : <WhatRestoreMeans />}
    </PlanForm>
  );
}

function WhatArchiveMeans({ count }: { count: number }) {
  return (
    <Notice
      kind="info"
      title={`Offboarding archives ${count > 0 ? countOf(count, "account", "accounts") : "accounts"}, and deletes nothing`}
    >
      Access to training and phishing tests ends. The seat is freed. Training history and results are kept,
      and a restore brings the person back.
    </Notice>
  );
}

function WhatRestoreMeans() {
  return (
    <Notice kind="info" title="Restoring keeps people's history">
      Each restored account takes a seat, and KnowBe4 may enrol it in running campaigns and send mail at once.
    </Notice>
  );
}
