"use client";

import { postSignIn } from "@/components/operators/post-sign-in";
import { ActionForm } from "@/components/ui/actions/action-form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";

/**
 * Password managers look for these names and `autoComplete` values.
 * @param to the path to show after sign-in
 */
export function SignInForm({ to }: { to: string }) {
  return (
    // A full page load, no client navigation: nothing rendered before sign-in stays.
    <ActionForm name={null} action={postSignIn} onDone={() => window.location.assign(to)}>
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        isRequired
        autoFocus
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
      />
      <SubmitButton pendingLabel="Signing in…">Sign in</SubmitButton>
    </ActionForm>
  );
}
