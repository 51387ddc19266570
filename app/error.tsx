"use client";

import { AuthShell } from "@/components/layout/auth-shell";
import { Button } from "@/components/ui/button";
import { Recover } from "@/components/ui/recover";

/** Wraps the whole console: shown when even the session could not be loaded. */
export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <AuthShell
      title="Rollcall cannot answer now"
      description="Its database may be starting or unreachable. Nothing was changed, and running changes continue. This page tries again by itself."
      footer={digest ? `Error number for support: ${digest}` : null}
    >
      <Recover retry={retry} />
      <Button variant="primary" onPress={() => retry()}>
        Try again
      </Button>
    </AuthShell>
  );
}
