"use client";

import { AuthShell } from "@/components/layout/auth-shell";
import { Button } from "@/components/ui/button";

/** Wraps the whole console: shown when even the session could not be loaded. */
export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <AuthShell
      title="Rollcall cannot answer now"
      description="Its database may be starting or unreachable. Nothing was changed, and running changes continue. Try again in a moment."
      footer={digest ? `Error number for support: ${digest}` : null}
    >
      <Button variant="primary" onPress={() => retry()}>
        Try again
      </Button>
    </AuthShell>
  );
}
