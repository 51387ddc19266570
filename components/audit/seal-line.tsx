import { ShieldCheck } from "lucide-react";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Notice } from "@/components/ui/notice";
import { Status } from "@/components/ui/status";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { verifyAuditAction } from "@/lib/audit/actions";
import type { SealStatus } from "@/lib/audit/event-dto";

type SealLineProps = { status: SealStatus; canVerify: boolean };

/** How far the log is sealed, and the last verification. A broken log always shows as broken. */
export function SealLine({ status, canVerify }: SealLineProps) {
  const { verified } = status;
  return (
    <div className="flex flex-col gap-3">
      {verified && !verified.isWhole ? (
        <Notice kind="failed" title="The audit log is broken">
          {verified.words} Found by {verified.by}, <Time at={verified.at} />.
        </Notice>
      ) : null}
      {status.isLate ? <LateNotice status={status} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SealedTo status={status} />
        {verified?.isWhole ? (
          <p className="text-12 text-ink-3">
            Verified intact by {verified.by}, <Time at={verified.at} />
          </p>
        ) : null}
        {canVerify ? (
          <ActionForm name="verify-audit" action={verifyAuditAction} className="sm:ml-auto">
            <SubmitButton
              variant="secondary"
              size="small"
              icon={<ShieldCheck aria-hidden />}
              pendingLabel="Verifying…"
            >
              Verify
            </SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </div>
  );
}

function SealedTo({ status: { sealedTo, waiting, verified } }: { status: SealStatus }) {
  const waits = waiting === 0 ? null : `${countOf(waiting, "event is", "events are")} not sealed yet`;
  if (!sealedTo) return <Status kind="queued">{waits ?? "Nothing to seal yet"}</Status>;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Status
        kind={verified?.isWhole === false ? "neutral" : "confirmed"}
        icon="shield-check"
        className="whitespace-normal"
      >
        <span>
          Sealed to event {sealedTo.eventId.toLocaleString("en-GB")} at{" "}
          <Time at={sealedTo.at} format="full" />
        </span>
      </Status>
      {waits ? <span className="text-12 text-ink-3">{waits}</span> : null}
    </p>
  );
}

function LateNotice({ status: { waiting, oldestWaitingAt } }: { status: SealStatus }) {
  return (
    <Notice kind="warning" title="Events are not being sealed">
      {countOf(waiting, "event waits", "events wait")}, the oldest since{" "}
      {oldestWaitingAt ? <Time at={oldestWaitingAt} format="full" /> : null}. No event is lost, but until they
      are sealed an edit would not be detected. Check that the sealer runs, and read its log.
    </Notice>
  );
}
