"use client";

import { useActionState } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { signOutAction } from "@/lib/operators/actions";

/** Ends this session on the server, so that a copy of its cookie is worth nothing either. */
export function SignOutButton() {
  const [result, submit] = useActionState(signOutAction, null);
  return (
    <Form action={submit} error={result?.ok === false ? result.message : null}>
      <SubmitButton variant="secondary" pendingLabel="Signing out…">
        Sign out
      </SubmitButton>
    </Form>
  );
}
