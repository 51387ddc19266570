import { FailureNotices } from "@/components/changes/failure-notices";
import { toAnnouncement, toProgressSentence } from "@/components/changes/progress-words";
import { RunOperations } from "@/components/changes/run-operations";
import type { TenantNotes } from "@/components/changes/tenant-note";
import { TenantLanes } from "@/components/changes/tenant-lanes";
import type { ChangeView } from "@/components/changes/wire";
import { LadderBar, LadderLegend } from "@/components/ui/ladder-bar";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";
import { toLadderCounts } from "@/components/words/ladder-counts";

/** A change that is being carried out, or was: how far it is, tenant by tenant, down to each exchange. */
export function ProgressView({ change, notes }: { change: ChangeView; notes: TenantNotes }) {
  return (
    <>
      <Summary change={change} />
      <FailureNotices change={change} />
      {change.standing === "failed" ? (
        <p className="-mt-1 text-ink-2">
          What failed is not tried again by itself. Remove the cause, then ask for it in a{" "}
          <TextLink href="/changes/new">new change</TextLink>: what is done already is not done twice.
        </p>
      ) : null}
      <TenantLanes runs={change.runs} notes={notes} />
      {change.runs.map((run) => (
        <RunOperations key={run.id} run={run} note={notes[run.tenantId]} />
      ))}
    </>
  );
}

function Summary({ change }: { change: ChangeView }) {
  const { loud, rest } = toProgressSentence(change);
  const ladder = toLadderCounts(change.counts);
  const isMoving = change.standing === "applying" || change.standing === "waiting";
  return (
    <section
      aria-label="Progress"
      className="flex flex-col gap-2.5 rounded-2 border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <p className="text-15 text-ink-2">
          <strong className="font-semibold text-ink">{loud}</strong> {rest}
        </p>
        {isMoving ? <p className="text-12 text-ink-3 sm:ml-auto">You can close this page.</p> : null}
      </div>
      <LadderBar counts={ladder} label="Operations of this change" size="medium" />
      <LadderLegend counts={ladder} />
      <NotSent change={change} />
      <p aria-live="polite" className="sr-only">
        {toAnnouncement(change)}
      </p>
    </section>
  );
}

/** Lines that never stood on the ladder are told, so that the numbers add up to the plan. */
function NotSent({ change: { counts } }: { change: ChangeView }) {
  const parts = [
    counts.skipped > 0 ? `${countOf(counts.skipped, "line was", "lines were")} refused` : null,
    counts.cancelled > 0 ? `${countOf(counts.cancelled, "line was", "lines were")} cancelled` : null,
    counts.planned > 0 ? `${countOf(counts.planned, "line was", "lines were")} never applied` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return <p className="text-12 text-ink-3">{parts.join(", ")} and not sent.</p>;
}
