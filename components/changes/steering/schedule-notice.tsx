"use client";

import { toZonedText } from "@/components/changes/steering/schedule-words";
import { useOwnZone } from "@/components/changes/steering/schedule-zone";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import { silentMessage } from "@/components/changes/model/silent-message";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { unscheduleChangeAction } from "@/lib/changes/actions";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";

type ScheduleNoticeProps = { change: ChangeView; viewer: Viewer; refetch: () => Promise<unknown> };

/** When a scheduled change is applied, in both time zones; or that its time passed and nothing was sent. */
export function ScheduleNotice({ change, viewer, refetch }: ScheduleNoticeProps) {
  const ownZone = useOwnZone();
  const unschedule = useAction(unscheduleChangeAction, { onSettled: refetch, silentMessage });
  const { state, scheduledAt, zone } = change;
  if (!scheduledAt || !zone) return null;
  const when = toZonedText(new Date(scheduledAt), zone, ownZone);

  if (state === "scheduled") {
    return (
      <>
        <RefusalNotice refusal={unschedule.refusal} />
        <Notice
          kind="info"
          title={`Will be applied on ${when}`}
          action={
            viewer.canApply ? (
              <Button
                onPress={() => void unschedule.run({ changeId: change.id })}
                isPending={unschedule.isPending}
              >
                Unschedule
              </Button>
            ) : null
          }
        >
          Applied in the name of {change.requestedBy}, if the plan has not changed by then. Nothing is sent
          before
          {change.kind === "offboard" ? "; until then the person stays active" : ""}.
        </Notice>
      </>
    );
  }
  if (state !== "ready" && state !== "expired") return null;
  return (
    <Notice kind="warning" title="Scheduled time passed; not applied">
      It was scheduled for {when}. The plan had changed or expired, or {change.requestedBy} may no longer act
      in all of its tenants; the issue says which. Nothing was sent. Plan it again, then apply or schedule it.
    </Notice>
  );
}
