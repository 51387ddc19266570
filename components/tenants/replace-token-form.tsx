"use client";

import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import { countOf } from "@/components/words/count-words";
import { replaceTokenAction } from "@/lib/tenants/actions";

type ReplaceTokenFormProps = { tenantId: string; name: string; open: number };

export function ReplaceTokenForm({ tenantId, name, open }: ReplaceTokenFormProps) {
  return (
    <ActionForm
      name="replace-token"
      action={replaceTokenAction}
      isClearedWhenDone
      doneText="Token replaced. The connection is being tested now: see Overview."
    >
      <p className="max-w-[70ch] text-ink-2">
        Generating a token in KnowBe4 ends the old one at once, for Rollcall too, until you paste the new one
        here. {name} is then tested
        {open > 0
          ? `, and ${countOf(open, "waiting operation continues", "waiting operations continue")}.`
          : "."}
      </p>
      <input type="hidden" name="tenantId" value={tenantId} />
      <TextField
        label="New SCIM token"
        name="token"
        type="password"
        autoComplete="off"
        className="max-w-lg"
        isCode
        isRequired
      />
      <TextField
        label="Reason"
        name="reason"
        autoComplete="off"
        description="Such as a ticket, or who revoked the old one. The audit log keeps it."
        className="max-w-lg"
        isRequired
      />
      <FormActions>
        <SubmitButton pendingLabel="Sealing…">Replace the token of {name}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
