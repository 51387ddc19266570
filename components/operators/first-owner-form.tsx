"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import { ownerPasswordCharsMin } from "@/lib/auth/password-policy";
import { createFirstOwnerAction } from "@/lib/operators/actions";

/** The password is typed once and can be shown: nobody exists yet who could reset a mistyped one. */
export function FirstOwnerForm() {
  const [isShown, setIsShown] = useState(false);
  return (
    <ActionForm name="first-owner" action={createFirstOwnerAction}>
      <TextField
        label="Set-up code"
        name="code"
        autoComplete="off"
        description="Rollcall printed it on the console where it was started."
        isCode
        isRequired
        autoFocus
      />
      <TextField label="Your name" name="name" autoComplete="name" isRequired />
      <TextField label="E-mail address" name="email" type="email" autoComplete="username" isRequired />
      <TextField
        label="Password"
        name="password"
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        description={`${ownerPasswordCharsMin} characters or more. Several unrelated words work well.`}
        isRequired
      />
      <Checkbox isSelected={isShown} onChange={setIsShown}>
        Show the password
      </Checkbox>
      <SubmitButton pendingLabel="Creating…">Create the first owner</SubmitButton>
    </ActionForm>
  );
}
