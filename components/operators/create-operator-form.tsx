"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { GrantsField } from "@/components/operators/grants-field";
import type { Grantable } from "@/components/operators/load-grantable";
import { NewPasswordField } from "@/components/operators/new-password-field";
import { RoleField } from "@/components/operators/role-field";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import type { Role } from "@/lib/auth/roles";
import { createOperatorAction } from "@/lib/operators/actions";

export function CreateOperatorForm({ grantable }: { grantable: Grantable }) {
  const router = useRouter();
  const [role, setRole] = useState<Role>("technician");
  const [tenantIds, setTenantIds] = useState<string[]>([]);

  function create(_previous: unknown, form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "");
    const person = { name: text("name"), email: text("email"), password: text("password"), role };
    return createOperatorAction({ ...person, tenantIds: role === "technician" ? tenantIds : [] });
  }

  return (
    <ActionForm name="create-operator" action={create} onDone={() => router.push("/operators")}>
      <TextField label="Name" name="name" autoComplete="off" isRequired />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="off"
        description="They sign in with it. Rollcall sends no mail to it."
        isRequired
      />
      <RoleField role={role} onChange={setRole} />
      {role === "technician" && grantable.total > 0 ? (
        <GrantsField {...grantable} chosen={tenantIds} onChange={setTenantIds} />
      ) : null}
      <NewPasswordField name="password" label="First password" role={role} />
      <p className="text-ink-2">
        Give it to them in person or by phone. Ask them to change it at once under “Your password”.
      </p>
      <FormActions>
        <SubmitButton pendingLabel="Creating…">Create operator</SubmitButton>
        <LinkButton href="/operators">Cancel</LinkButton>
      </FormActions>
    </ActionForm>
  );
}
