"use client";

import { useState } from "react";
import { RoleField } from "@/components/operators/role-field";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { roleWords } from "@/components/words/role-words";
import type { Role } from "@/lib/auth/roles";
import { setRoleAction } from "@/lib/operators/actions";

type RoleFormProps = { operatorId: string; name: string; role: Role };

export function RoleForm({ operatorId, name, role }: RoleFormProps) {
  const [chosen, setChosen] = useState(role);
  return (
    <ActionForm name="role" action={setRoleAction} doneText="Role saved. It applies from their next page on.">
      <input type="hidden" name="operatorId" value={operatorId} />
      <RoleField role={chosen} onChange={setChosen} />
      {role === "technician" && chosen !== role ? (
        <p className="text-ink-2">Their tenant access is removed: only technicians need grants.</p>
      ) : null}
      <FormActions>
        <SubmitButton variant="secondary" isDisabled={chosen === role}>
          {chosen === role ? `${name} is ${toRole(role)}` : `Make ${name} ${toRole(chosen)}`}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function toRole(role: Role): string {
  const word = roleWords[role].word.toLocaleLowerCase("en");
  return `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
}
