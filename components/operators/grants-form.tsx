"use client";

import { useState } from "react";
import { GrantsField, type GrantableTenant } from "@/components/operators/grants-field";
import { ActionForm } from "@/components/ui/action-form";
import { FormActions } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { setGrantsAction } from "@/lib/operators/actions";

type GrantsFormProps = {
  operatorId: string;
  name: string;
  tenants: readonly GrantableTenant[];
  granted: readonly string[];
};

export function GrantsForm({ operatorId, name, tenants, granted }: GrantsFormProps) {
  const [chosen, setChosen] = useState([...granted]);
  const isSame = chosen.toSorted().join() === granted.toSorted().join();
  return (
    <ActionForm
      action={() => setGrantsAction({ operatorId, tenantIds: chosen })}
      doneText="The grants count from their next page on."
    >
      <GrantsField tenants={tenants} chosen={chosen} onChange={setChosen} />
      <FormActions>
        <SubmitButton variant="secondary" isDisabled={isSame}>
          {isSame ? `${name} has these grants` : `Save the grants of ${name}`}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
