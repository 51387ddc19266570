"use client";

import { signIn } from "next-auth/react";
import { useActionState } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { toRefusal, toRefusalMessage } from "@/lib/operators/sign-in-refusal";

/** The names and `autoComplete` are what password managers look for. */
export function SignInForm() {
  const [error, submit] = useActionState(submitSignIn, null);
  return (
    <Form action={submit} error={error}>
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
    </Form>
  );
}

/** @returns what to say, or null once the browser is on its way */
async function submitSignIn(_previous: string | null, form: FormData): Promise<string | null> {
  const email = String(form.get("email") ?? "");
  const password = String(form.get("password") ?? "");
  const answer = await signIn("credentials", { email, password, redirect: false }).catch(() => undefined);
  // A browser that keeps no cookies fails next-auth's form token, and is told so by an address alone.
  const isSignedIn = answer?.ok && !answer.url?.includes("csrf=true");
  if (!isSignedIn) return toRefusalMessage(toRefusal(answer?.error ?? ""));
  // A whole load and no client navigation: nothing that was drawn for a stranger stays.
  window.location.assign("/");
  return null;
}
