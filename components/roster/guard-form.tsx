"use client";

import { guardWords } from "@/components/roster/roster-words";
import { foldListFields } from "@/components/tenants/fold-list-fields";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/fields/select";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { addGuardsAction } from "@/lib/roster/actions";
import { guardKinds } from "@/lib/roster/model/guard-kinds";

const choices = guardKinds.map((id) => ({
  id,
  label: guardWords[id].word,
  description: guardWords[id].meaning,
}));

/** Guards people by address, whether or not they are on the roster. */
export function GuardForm({ tenant: { id, name } }: { tenant: { id: string; name: string } }) {
  return (
    <Card title="Guard people">
      <ActionForm
        name="guard"
        action={async (_previous: unknown, form: FormData) =>
          foldListFields(await addGuardsAction(null, form))
        }
        doneText="The guard was added."
        isClearedWhenDone
      >
        <input type="hidden" name="tenantId" value={id} />
        <Select label="Guard" name="kind" options={choices} defaultValue="protected" isRequired />
        <TextArea
          label="Addresses"
          name="addresses"
          rows={4}
          description="Separated by spaces, commas or new lines."
          isCode
          isRequired
        />
        <TextField
          label="Note"
          name="note"
          description="Why. Operators see it beside the person."
          autoComplete="off"
          isRequired
        />
        <SubmitButton variant="secondary" className="self-start">
          Guard them in {name}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}
