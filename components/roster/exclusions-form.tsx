"use client";

import { FileReadingFields } from "@/components/imports/file-reading-fields";
import { type ImportedExclusions, uploadExclusions } from "@/components/roster/upload-exclusions";
import { Form } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { useAction } from "@/components/ui/actions/use-action";
import { Card } from "@/components/ui/card";
import { FileField } from "@/components/ui/fields/file-field";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { Notice } from "@/components/ui/notice";
import { countOf } from "@/components/words/count-words";

/** Takes KnowBe4's own CSV, chosen or pasted, and excludes the people whom it marks as not managed. */
export function ExclusionsForm({ tenant: { id, name } }: { tenant: { id: string; name: string } }) {
  const upload = useAction(uploadExclusions);
  return (
    <Card title="Exclude people by KnowBe4's CSV">
      <Form name="exclusions" state={upload}>
        <input type="hidden" name="tenantId" value={id} />
        <p className="text-ink-2">
          People with false under Provisioning Managed are excluded. True or a blank changes nothing: no
          exclusion is added or removed.
        </p>
        <FileField
          label="CSV file"
          name="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
          description="Up to 50 MB and 200,000 rows, in any encoding of an import."
        />
        <TextArea
          label="Or the text of the file"
          name="text"
          rows={4}
          placeholder="Email,Provisioning Managed"
          description="Used if no file is chosen."
          isCode
        />
        <FileReadingFields />
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
      </Form>
      {upload.done ? <Outcome outcome={upload.done} /> : null}
    </Card>
  );
}

function Outcome({ outcome: { added, known, managed, problems } }: { outcome: ImportedExclusions }) {
  return (
    <Notice
      kind={problems.length > 0 ? "warning" : "confirmed"}
      title={`${countOf(added, "person is", "people are")} newly excluded, ${known} were already excluded, ${managed} are managed`}
      isAlert
      className="mt-4"
    >
      {problems.length > 0 ? (
        <ul className="list-disc pl-4">
          {problems.map(({ row, message }) => (
            <li key={row}>
              Row {row}: {message}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
