"use client";

import { useRouter } from "next/navigation";
import { foldListFields } from "@/components/tenants/fold-list-fields";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
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
        description="The client's name, as your team says it. It is on every button that changes something there."
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
        description="Sealed on arrival. Only a worker can open it, for one run at a time. It is never shown again."
        isCode
        isRequired
      />
      <TextField
        label="E-mail domains"
        name="domains"
        autoComplete="off"
        placeholder="contoso.com, contoso.co.uk"
        description="Addresses with these domains belong here. A plan warns about another client's domain. You can add them later."
        isCode
      />
      <FormActions>
        <SubmitButton pendingLabel="Connecting…">Connect tenant</SubmitButton>
        <LinkButton href="/tenants">Cancel</LinkButton>
      </FormActions>
    </ActionForm>
  );
}
