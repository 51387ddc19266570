"use client";

import { useRouter } from "next/navigation";
import { foldListFields } from "@/components/tenants/fold-list-fields";
import { ActionForm } from "@/components/ui/action-form";
import { FormActions } from "@/components/ui/form";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { connectTenantAction } from "@/lib/tenants/actions";

export function ConnectForm() {
  const router = useRouter();
  return (
    <ActionForm
      name="connect-tenant"
      action={async (_previous: unknown, form: FormData) =>
        foldListFields(await connectTenantAction(null, form))
      }
      onDone={({ tenantId }) => router.push(`/tenants/${tenantId}`)}
    >
      <TextField
        label="Name"
        name="name"
        description="The client, as your team calls them. It stands on every button that changes something there."
        autoComplete="off"
        isRequired
      />
      <TextField
        label="Tenant URL"
        name="tenantUrl"
        inputMode="url"
        autoComplete="off"
        placeholder="https://"
        isCode
        isRequired
      />
      <TextField
        label="SCIM token"
        name="token"
        type="password"
        autoComplete="off"
        description="Sealed as it arrives: only a worker can open it, for one run at a time. Nobody can read it here again."
        isCode
        isRequired
      />
      <TextField
        label="E-mail domains"
        name="domains"
        autoComplete="off"
        placeholder="contoso.com, contoso.co.uk"
        description="Whose addresses belong here. A person planned for another client's domain is then pointed out. You can add them later."
        isCode
      />
      <FormActions>
        <SubmitButton pendingLabel="Connecting…">Connect tenant</SubmitButton>
        <LinkButton href="/tenants">Cancel</LinkButton>
      </FormActions>
    </ActionForm>
  );
}
