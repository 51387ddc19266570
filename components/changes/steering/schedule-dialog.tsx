"use client";

import { CalendarClock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** The calendar's arithmetic is the heaviest thing of the page, and most changes are applied at once. */
const ScheduleForm = lazy(async () => ({
  default: (await import("@/components/changes/steering/schedule-form")).ScheduleForm,
}));

type ScheduleDialogProps = { change: ChangeView; refetch: () => Promise<unknown> };

/** Has a plan applied later: at an hour in a zone, or, where somebody leaves, after their last day. */
export function ScheduleDialog({ change, refetch }: ScheduleDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isMoved = change.state === "scheduled";
  return (
    <Dialog
      title={isMoved ? "Move it to another time" : "Apply it later"}
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
