"use client";

import { Fingerprint } from "lucide-react";
import { startTransition, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { viewFingerprintAction } from "@/lib/tenants/actions";
import type { ActionResult } from "@/lib/web/action-result";

type Shown = ActionResult<{ fingerprint: string | null }>;

/** For comparing with what a colleague entered, without either saying the token. */
export function ShowFingerprint({ tenantId }: { tenantId: string }) {
  const [result, show, isPending] = useActionState<Shown | null>(
    () => viewFingerprintAction({ tenantId }),
    null,
  );
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        size="small"
        icon={<Fingerprint aria-hidden />}
        isPending={isPending}
        onPress={() => startTransition(show)}
      >
        Show fingerprint
      </Button>
      <p aria-live="polite" className="text-12 text-ink-3">
        {toWords(result)}
      </p>
    </div>
  );
}

function toWords(result: Shown | null) {
  if (result === null) return "That you look is recorded in the audit log.";
  if (!result.ok) return <span className="text-failed">{result.message}</span>;
  const { fingerprint } = result.data;
  if (fingerprint === null) return "There is no token.";
  return (
    <>
      Ends in <Code className="text-ink">{fingerprint}</Code>. That you looked is recorded in the audit log.
    </>
  );
}
