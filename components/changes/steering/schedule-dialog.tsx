"use client";

import { CalendarClock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** The calendar is the page's heaviest code, and most changes are applied at once. */
const ScheduleForm = lazy(async () => ({
  default: (await import("@/components/changes/steering/schedule-form")).ScheduleForm,
}));

type ScheduleDialogProps = { change: ChangeView; refetch: () => Promise<unknown> };

/** Schedules a plan: at a time in a time zone or, for a leaver, after their last day. */
export function ScheduleDialog({ change, refetch }: ScheduleDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isMoved = change.state === "scheduled";
  return (
    <Dialog
      title={isMoved ? "Change the scheduled time" : "Schedule this change"}
      trigger={
        <Button icon={<CalendarClock aria-hidden />} isDisabled={change.counts.planned === 0}>
          {isMoved ? "Move…" : "Schedule…"}
        </Button>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
    >
      <Suspense fallback={<p className="text-ink-3">Opening the calendar…</p>}>
        <ScheduleForm change={change} refetch={refetch} onDone={() => setIsOpen(false)} />
      </Suspense>
    </Dialog>
  );
}
