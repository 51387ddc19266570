"use client";

import { useState, useTransition } from "react";
import { ask } from "@/components/changes/model/ask";
import { toZonedText } from "@/components/changes/steering/schedule-words";
import { useOwnZone } from "@/components/changes/steering/schedule-zone";
import type { Viewer } from "@/components/changes/model/viewer";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { unscheduleChangeAction } from "@/lib/changes/actions";

type ScheduleNoticeProps = { change: ChangeView; viewer: Viewer; refetch: () => Promise<unknown> };

/** When a change is applied by itself, in both clocks; or that its hour came and nothing was sent. */
export function ScheduleNotice({ change, viewer, refetch }: ScheduleNoticeProps) {
  const ownZone = useOwnZone();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const { state, scheduledAt, zone } = change;
  if (!scheduledAt || !zone) return null;
  const when = toZonedText(new Date(scheduledAt), zone, ownZone);

  function unschedule() {
    startTransition(async () => {
      const result = await ask(() => unscheduleChangeAction({ changeId: change.id }));
      setRefusal(result.ok ? null : result.message);
      await refetch();
    });
  }

  if (state === "scheduled") {
    return (
      <>
        {refusal ? <Notice kind="failed" title={refusal} isAlert /> : null}
        <Notice
          kind="info"
          title={`Will be applied on ${when}`}
          action={
            viewer.canApply ? (
              <Button onPress={unschedule} isPending={isPending}>
                Take off the schedule
              </Button>
            ) : null
          }
        >
          In the name of {change.requestedBy}, and only if the plan is still this one then. Nothing is sent
          before
          {change.kind === "offboard" ? "; until then the person stays active" : ""}.
        </Notice>
      </>
    );
  }
  if (state !== "ready" && state !== "expired") return null;
  return (
    <Notice kind="warning" title="Its hour came, and it was not applied">
      It was scheduled for {when}. The plan had moved or had expired, or {change.requestedBy} may no longer
      act in all of its tenants; the issue says which. Nothing was sent. Plan it again, then apply or schedule
      it.
    </Notice>
  );
}
