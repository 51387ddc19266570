"use client";

import { ActionForm } from "@/components/ui/actions/action-form";
import { forgetKeptText } from "@/components/ui/actions/kept-text";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { signOutAction } from "@/lib/operators/actions";

/** Ends the session on the server, so that a copied cookie is worthless too. */
export function SignOutButton() {
  return (
    <ActionForm
      name={null}
      action={(_previous: unknown, form: FormData) => {
        forgetKeptText(sessionStorage, Date.now());
        return signOutAction(null, form);
      }}
    >
      <SubmitButton variant="secondary" pendingLabel="Signing out…">
        Sign out
      </SubmitButton>
    </ActionForm>
  );
}
