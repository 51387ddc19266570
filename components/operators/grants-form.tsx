"use client";

import { useState } from "react";
import { GrantsField } from "@/components/operators/grants-field";
import type { Grantable } from "@/components/operators/load-grantable";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { setGrantsAction } from "@/lib/operators/actions";

type GrantsFormProps = {
  operatorId: string;
  name: string;
  grantable: Grantable;
  granted: readonly string[];
};

export function GrantsForm({ operatorId, name, grantable, granted }: GrantsFormProps) {
  const [chosen, setChosen] = useState([...granted]);
  const isSame = chosen.toSorted().join() === granted.toSorted().join();
  return (
    <ActionForm
      name="grants"
      action={() => setGrantsAction({ operatorId, tenantIds: chosen })}
      doneText="Access saved. It applies from their next page on."
    >
      <GrantsField {...grantable} chosen={chosen} onChange={setChosen} />
      <FormActions>
        <SubmitButton variant="secondary" isDisabled={isSame}>
          {isSame ? `Tenant access of ${name} is saved` : `Save tenant access of ${name}`}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
