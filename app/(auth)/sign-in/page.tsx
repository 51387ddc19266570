import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { SignInForm } from "@/components/operators/sign-in-form";
import { loadEntrance } from "@/lib/operators/loaders";
import { toReturnPath } from "@/lib/web/return-path";

export const metadata: Metadata = { title: "Sign in" };

type Query = Promise<{ to?: string | string[] }>;

/** After sign-in, and at once for whoever is signed in already, the page that was asked for is shown. */
export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const to = toReturnPath((await searchParams).to);
  const entrance = await loadEntrance();
  if (entrance === "setup") redirect("/setup");
  if (entrance === "console") redirect(to);
  return (
    <AuthShell
      title="Sign in"
      footer="No account, or forgot the password? Ask an owner. There is no reset by e-mail."
    >
      <SignInForm to={to} />
    </AuthShell>
  );
}
