import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuthShell } from "@/components/layout/auth-shell";
import { FirstOwnerForm } from "@/components/operators/first-owner-form";
import { loadEntrance } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage() {
  if ((await loadEntrance()) !== "setup") notFound();
  return (
    <AuthShell
      title="Set up Rollcall"
      description="Create the first owner. An owner connects tenants and creates the other operators."
      footer="This page works only once."
    >
      <FirstOwnerForm />
    </AuthShell>
  );
}
