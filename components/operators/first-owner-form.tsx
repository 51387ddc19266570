"use client";

import { useActionState, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { ownerPasswordCharsMin } from "@/lib/auth/password-policy";
import { createFirstOwnerAction } from "@/lib/operators/actions";

/** The password is typed once and can be looked at: nobody is there yet who could reset a mistyped one. */
export function FirstOwnerForm() {
  const [result, submit] = useActionState(createFirstOwnerAction, null);
  const [isShown, setIsShown] = useState(false);
  const refused = result?.ok === false ? result : null;
  return (
    <Form action={submit} validationErrors={refused?.fields} error={refused?.message}>
      <TextField label="Your name" name="name" autoComplete="name" isRequired autoFocus />
      <TextField label="E-mail address" name="email" type="email" autoComplete="username" isRequired />
      <TextField
        label="Password"
        name="password"
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        description={`${ownerPasswordCharsMin} characters or more. Several words that have nothing to do with each other do well.`}
        isRequired
      />
      <Checkbox isSelected={isShown} onChange={setIsShown}>
        Show the password
      </Checkbox>
      <SubmitButton pendingLabel="Creating…">Create the first owner</SubmitButton>
    </Form>
  );
}
