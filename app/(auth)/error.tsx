"use client";

import { AuthShell } from "@/components/layout/auth-shell";
import { Button } from "@/components/ui/button";

/**
 * Nobody is signed in yet, so this says what to do but not what failed; the log has the cause under the same number.
 */
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
      description="Its database may be starting or unreachable. Nothing was changed. Try again in a moment; if it stays, tell your Rollcall administrator."
      footer={error.digest ? `Error number for support: ${error.digest}` : null}
    >
      <Button variant="primary" onPress={reset}>
        Try again
      </Button>
    </AuthShell>
  );
}
