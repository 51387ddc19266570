"use client";

import { AuthShell } from "@/components/layout/auth-shell";
import { Button } from "@/components/ui/button";

/** Around the whole console: not even who is signed in could be found out. */
export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <AuthShell
      title="Rollcall cannot answer now"
      description="Its database may be starting, or out of reach. Nothing was changed; runs that are on their way go on by themselves. Try again in a moment."
      footer={digest ? `For whoever looks into it: ${digest}` : null}
    >
      <Button variant="primary" onPress={() => retry()}>
        Try again
      </Button>
    </AuthShell>
  );
}
