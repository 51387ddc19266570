"use client";

import { useState } from "react";
import type { PersonChoices } from "@/components/changes/account-choices";
import { accountKey, AccountsField } from "@/components/changes/accounts-field";
import { PlanForm, readWhy } from "@/components/changes/plan-form";
import { messagesAbout, usePlanForm } from "@/components/changes/use-plan-form";
import { Notice } from "@/components/ui/notice";
import { countOf } from "@/components/words/count-words";

type ArchiveFormProps = { kind: "offboard" | "restore"; person: PersonChoices };

/** Archiving or restoring a person: which accounts, what it means, and why. */
export function ArchiveForm({ kind, person }: ArchiveFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>(() => selectable(person));
  const accounts = [...person.accounts, ...person.namesakes].filter((account) =>
    chosen.includes(accountKey(account)),
  );
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
      form={form}
      submitLabel={`Plan to ${kind} ${person.name} ${accounts.length > 0 ? where : ""}`.trim()}
    >
      <AccountsField
        accounts={person.accounts}
        namesakes={person.namesakes}
        chosen={chosen}
        onChoose={setChosen}
        errors={messagesAbout(form.refusal?.fields ?? {}, "intent.accounts")}
      />
      {kind === "offboard" ? <WhatArchiveMeans count={accounts.length} /> : <WhatRestoreMeans />}
    </PlanForm>
  );
}

/** The person's own accounts come ticked; namesakes never. */
export function selectable(person: PersonChoices): string[] {
  return person.accounts.filter(({ whyNot }) => whyNot === null).map(accountKey);
}

function WhatArchiveMeans({ count }: { count: number }) {
  return (
    <Notice
      kind="info"
      title={`Offboarding archives ${count > 0 ? countOf(count, "account", "accounts") : "accounts"}, and deletes nothing`}
    >
      Access to training and phishing tests ends. The seat is freed for somebody else. Training history and
      results are kept, and a restore brings the person back as they were.
    </Notice>
  );
}

function WhatRestoreMeans() {
  return (
    <Notice kind="info" title="Restoring brings people back with their history">
      Each restored account takes a seat again, and KnowBe4 may enrol it in running campaigns and mail it at
      once.
    </Notice>
  );
}
