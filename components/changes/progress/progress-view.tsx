import { RepairedNotice } from "@/components/changes/progress/repaired-notice";
import { toAnnouncement, toProgressSentence } from "@/components/changes/model/progress-words";
import { RunOperations } from "@/components/changes/progress/run-operations";
import { FailedOperations } from "@/components/changes/progress/failed-operations";
import type { TenantNotes } from "@/components/changes/model/tenant-note";
import { TenantRows } from "@/components/changes/progress/tenant-rows";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import { LadderBar, LadderLegend } from "@/components/ui/ladder-bar";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { toLadderCounts } from "@/components/words/ladder-counts";

type ProgressViewProps = {
  change: ChangeView;
  notes: TenantNotes;
  viewer: Viewer;
  refetch: () => Promise<unknown>;
};

/** A change that is or was being applied: its progress by tenant, operation and request. */
export function ProgressView({ change, notes, viewer, refetch }: ProgressViewProps) {
  return (
    <>
      <Summary change={change} />
      {change.counts.failed === 0 ? null : change.unrepaired > 0 ? (
        <FailedOperations change={change} />
      ) : (
        <RepairedNotice change={change} />
      )}
      <TenantRows change={change} notes={notes} viewer={viewer} refetch={refetch} />
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
      {change.standing === "paused" ? (
        <p className="text-ink-2">
          Paused{change.steered ? ` by ${change.steered.by}` : ""}
          {change.pausedAt ? (
            <>
              {" "}
              <Time at={change.pausedAt} />
            </>
          ) : null}
          : nothing more is sent until somebody resumes it. Accepted operations are still being confirmed.
        </p>
      ) : null}
      <NotSent change={change} />
      <p aria-live="polite" className="sr-only">
        {toAnnouncement(change)}
      </p>
    </section>
  );
}

/** Counts the lines that were never on the ladder too, so that the numbers add up to the plan. */
function NotSent({ change: { counts } }: { change: ChangeView }) {
  const parts = [
    counts.skipped > 0 ? `${countOf(counts.skipped, "line was", "lines were")} skipped` : null,
    counts.cancelled > 0 ? `${countOf(counts.cancelled, "line was", "lines were")} cancelled` : null,
    counts.planned > 0 ? `${countOf(counts.planned, "line was", "lines were")} never applied` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return <p className="text-12 text-ink-3">{parts.join(", ")} and not sent.</p>;
}
