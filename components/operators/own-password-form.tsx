"use client";

import { NewPasswordField } from "@/components/operators/new-password-field";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import type { Role } from "@/lib/auth/roles";
import { changePasswordAction } from "@/lib/operators/actions";

export function OwnPasswordForm({ role }: { role: Role }) {
  return (
    <ActionForm
      name="own-password"
      action={changePasswordAction}
      doneText="Password changed. You are signed out everywhere else."
      isClearedWhenDone
    >
      <TextField
        label="Current password"
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        isRequired
      />
      <NewPasswordField name="newPassword" label="New password" role={role} />
      <FormActions>
        <SubmitButton pendingLabel="Changing…">Change your password</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
