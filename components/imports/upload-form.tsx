"use client";

import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { FileReadingFields } from "@/components/imports/file-reading-fields";
import { uploadFile } from "@/components/imports/upload-file";
import { type NamedTenant, TenantField } from "@/components/pickers/tenant-field";
import { Card } from "@/components/ui/card";
import { FileField } from "@/components/ui/fields/file-field";
import { Form, FormActions } from "@/components/ui/actions/form";
import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { useAction } from "@/components/ui/actions/use-action";

type UploadFormProps = {
  /** The tenant chosen at first: that of the page with the link. */
  tenant: NamedTenant | null;
};

/** Uploads a file and opens its page, where its columns are mapped and its rows checked. */
export function UploadForm({ tenant }: UploadFormProps) {
  const router = useRouter();
  const upload = useAction(uploadFile, {
    onDone: ({ importId }) => startTransition(() => router.push(`/imports/${importId}`)),
  });
  return (
    <Form name="upload" state={upload}>
      <Card title="File">
        <div className="flex flex-col gap-4">
          <FileField
            label="CSV file"
            name="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
            isRequired
            description="Up to 50 MB and 200,000 rows. The first row names the columns. From Excel, save as “CSV UTF-8”. KnowBe4's own export of users works unchanged."
          />
          <p className="text-12 text-ink-3">
            <a href="/api/exports/template" download className="text-accent underline">
              Download a template
            </a>{" "}
            with all columns.
          </p>
          <FileReadingFields />
        </div>
      </Card>
      <Card title="Where">
        <WhereField tenant={tenant} />
      </Card>
      <FormActions>
        <SubmitButton isPending={upload.isDone}>Upload and read the file</SubmitButton>
        <p className="text-12 text-ink-3">
          Nothing is planned yet. Next you say what the file is, map its columns and see the check.
        </p>
      </FormActions>
    </Form>
  );
}

function WhereField({ tenant }: UploadFormProps) {
  const [where, setWhere] = useState("one");
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup label="Tenant" name="where" value={where} onChange={setWhere}>
        <Radio value="one">Everybody in the file is in one tenant</Radio>
        <Radio value="column" description="Each row has the tenant's name or one of its domains.">
          A column names the tenant
        </Radio>
      </RadioGroup>
      {where === "one" ? (
        <TenantField
          label="Which tenant"
          name="tenantId"
          chosen={tenant}
          placeholder="Name or domain"
          isRequired
          className="sm:w-96"
        />
      ) : null}
    </div>
  );
}
