"use client";

import { type ChangeEvent, useState } from "react";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Card } from "@/components/ui/card";
import { FileField } from "@/components/ui/fields/file-field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { countOf } from "@/components/words/count-words";
import { importExclusionsAction } from "@/lib/roster/actions";

type Imported = {
  added: number;
  known: number;
  managed: number;
  problems: { line: number; message: string }[];
};

/** Takes KnowBe4's own CSV, pasted or chosen, and excludes the people whom it marks as not managed. */
export function ExclusionsForm({ tenant: { id, name } }: { tenant: { id: string; name: string } }) {
  const [text, setText] = useState("");
  const [done, setDone] = useState<Imported | null>(null);

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) setText(await file.text());
  }

  return (
    <Card title="Exclude people by KnowBe4's CSV">
      <ActionForm name="exclusions" action={importExclusionsAction} onDone={setDone}>
        <input type="hidden" name="tenantId" value={id} />
        <p className="text-ink-2">
          People with false under Provisioning Managed are excluded. True or a blank changes nothing: no
          exclusion is added or removed.
        </p>
        <FileField
          label="Choose a file, or paste its text below"
          accept=".csv,text/csv"
          onChange={(event) => void readFile(event)}
        />
        <TextArea
          label="Text of the file"
          name="text"
          value={text}
          onChange={setText}
          rows={4}
          placeholder="Email,Provisioning Managed"
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
        <SubmitButton variant="secondary" className="self-start" pendingLabel="Reading…">
          Exclude them in {name}
        </SubmitButton>
      </ActionForm>
      {done ? <Outcome outcome={done} /> : null}
    </Card>
  );
}

function Outcome({ outcome: { added, known, managed, problems } }: { outcome: Imported }) {
  return (
    <Notice
      kind={problems.length > 0 ? "warning" : "confirmed"}
      title={`${countOf(added, "person is", "people are")} newly excluded, ${known} were already excluded, ${managed} are managed`}
      isAlert
      className="mt-4"
    >
      {problems.length > 0 ? (
        <ul className="list-disc pl-4">
          {problems.map(({ line, message }) => (
            <li key={line}>
              Line {line}: {message}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
