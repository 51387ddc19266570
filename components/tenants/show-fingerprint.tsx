"use client";

import { Fingerprint } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { RefusalNextStep } from "@/components/ui/actions/refusal-next-step";
import { type ActionState, useAction } from "@/components/ui/actions/use-action";
import { viewFingerprintAction } from "@/lib/tenants/actions";

/** Lets two colleagues compare tokens without revealing them. */
export function ShowFingerprint({ tenantId }: { tenantId: string }) {
  const view = useAction(viewFingerprintAction);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        size="small"
        icon={<Fingerprint aria-hidden />}
        isPending={view.isPending}
        onPress={() => void view.run({ tenantId })}
      >
        Show fingerprint
      </Button>
      <p aria-live="polite" className="text-12 text-ink-3">
        {toWords(view)}
      </p>
      {view.refusal ? <RefusalNextStep refusal={view.refusal} /> : null}
    </div>
  );
}

function toWords({ done, refusal }: ActionState<never, { fingerprint: string | null }>) {
  if (refusal) return <span className="text-failed">{refusal.message}</span>;
  if (done === null) return "Looking is recorded in the audit log.";
  const { fingerprint } = done;
  if (fingerprint === null) return "There is no token.";
  return (
    <>
      Ends in <Code className="text-ink">{fingerprint}</Code>. The audit log recorded that you looked.
    </>
  );
}
