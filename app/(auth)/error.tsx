"use client";

import { AuthShell } from "@/components/layout/auth-shell";
import { Button } from "@/components/ui/button";

/** Nobody is known here yet, so it says what to do and not what broke; the log has that under the same number. */
export default function AuthError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <AuthShell
      title="Rollcall cannot answer now"
      description="Its database may be starting, or out of reach. Nothing was changed. Try again in a moment; if it stays so, tell whoever runs Rollcall."
      footer={error.digest ? `For whoever looks into it: ${error.digest}` : null}
    >
      <Button variant="primary" onPress={reset}>
        Try again
      </Button>
    </AuthShell>
  );
}
