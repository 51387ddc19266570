"use client";

import { CalendarClock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { DisabledButton } from "@/components/ui/disabled-button";
import { toDisabledWords } from "@/components/words/refusal-words";
import { changeCan } from "@/lib/changes/model/change-can";
import type { ChangeFacts } from "@/lib/changes/model/change-facts";

/** The calendar is the page's heaviest code, and most changes are applied at once. */
const ScheduleForm = lazy(async () => ({
  default: (await import("@/components/changes/steering/schedule-form")).ScheduleForm,
}));

type ScheduleDialogProps = { change: ChangeView; facts: ChangeFacts; refetch: () => Promise<unknown> };

/** Schedules a plan: at a time in a zone or, for an offboarding, after the last day. */
export function ScheduleDialog({ change, facts, refetch }: ScheduleDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isMoved = change.state === "scheduled";
  const label = isMoved ? "Move…" : "Schedule…";
  const whyNot = toDisabledWords(changeCan.schedule.whyNot(facts));
  if (whyNot) {
    return (
      <DisabledButton icon={<CalendarClock aria-hidden />} why={whyNot}>
        {label}
      </DisabledButton>
    );
  }
  return (
    <Dialog
      title={isMoved ? "Change the scheduled time" : "Schedule this change"}
      trigger={<Button icon={<CalendarClock aria-hidden />}>{label}</Button>}
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
