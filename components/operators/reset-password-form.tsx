"use client";

import { NewPasswordField } from "@/components/operators/new-password-field";
import { ActionForm } from "@/components/ui/actions/action-form";
import { FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import type { Role } from "@/lib/auth/roles";
import { resetPasswordAction } from "@/lib/operators/actions";

type ResetPasswordFormProps = { operatorId: string; name: string; role: Role };

export function ResetPasswordForm({ operatorId, name, role }: ResetPasswordFormProps) {
  return (
    <ActionForm
      name="reset-password"
      action={resetPasswordAction}
      doneText={`${name} is signed out everywhere and can sign in with the new password.`}
      isClearedWhenDone
    >
      <p className="text-ink-2">
        Use this for a password that was forgotten or seen. {name} is signed out everywhere. Give them the new
        one in person or by phone.
      </p>
      <input type="hidden" name="operatorId" value={operatorId} />
      <NewPasswordField name="newPassword" label={`New password for ${name}`} role={role} />
      <FormActions>
        <SubmitButton variant="secondary">Set a new password for {name}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
