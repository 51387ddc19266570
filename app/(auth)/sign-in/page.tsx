import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { SignInForm } from "@/components/operators/sign-in-form";
import { loadEntrance } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  const entrance = await loadEntrance();
  if (entrance === "setup") redirect("/setup");
  if (entrance === "console") redirect("/");
  return (
    <AuthShell
      title="Sign in"
      footer="No account, or forgot the password? Ask an owner. There is no reset by e-mail."
    >
      <SignInForm />
    </AuthShell>
  );
}
