"use client";

import { postSignIn } from "@/components/operators/post-sign-in";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";

/** The names and `autoComplete` are what password managers look for. */
export function SignInForm() {
  return (
    // A whole load and no client navigation: nothing that was drawn for a stranger stays.
    <ActionForm name={null} action={postSignIn} onDone={() => window.location.assign("/")}>
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
