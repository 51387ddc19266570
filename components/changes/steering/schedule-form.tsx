"use client";

import { type ScheduleDraft, toPreview, toWhen } from "@/components/changes/steering/schedule-draft";
import { listZones, useOwnZone } from "@/components/changes/steering/schedule-zone";
import type { ChangeView } from "@/components/changes/model/wire";
import { useMemo } from "react";
import { silentMessage } from "@/components/changes/model/silent-message";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/fields/combo-box";
import { Form } from "@/components/ui/actions/form";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextField } from "@/components/ui/fields/text-field";
import { scheduleChangeAction } from "@/lib/changes/actions";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";

type ScheduleFormProps = { change: ChangeView; refetch: () => Promise<unknown>; onDone: () => void };

/** Chooses when a plan is applied, and says it in words before it is sent. */
export function ScheduleForm({ change, refetch, onDone }: ScheduleFormProps) {
  const ownZone = useOwnZone();
  const zones = useMemo(() => listZones().map((zone) => ({ id: zone, label: zone })), []);
  const [draft, setDraft, kept] = useKeptState<ScheduleDraft>("schedule", {
    mode: change.kind === "offboard" ? "last-day" : "time",
    localDateTime: "",
    lastDay: "",
    graceDays: "0",
    zone: change.zone ?? ownZone ?? "UTC",
  });
  const set = (given: Partial<ScheduleDraft>) => setDraft((before) => ({ ...before, ...given }));
  const preview = toPreview(draft, ownZone);

  const schedule = useAction(
    async (_form: FormData) => {
      const { id: changeId, planHash } = change;
      const when = toWhen(draft);
      const result = await scheduleChangeAction({ changeId, planHash, zone: draft.zone, when });
      // No field has the server's name for it, so the form shows the first message.
      return result.ok ? result : { ...result, message: Object.values(result.fields)[0] ?? result.message };
    },
    { onDone, onSettled: refetch, silentMessage },
  );

  return (
    <Form name={null} state={schedule}>
      <KeptNotice kept={kept} />
      {change.kind === "offboard" ? (
        <RadioGroup
          label="When"
          value={draft.mode}
          onChange={(mode) => set({ mode: mode === "time" ? "time" : "last-day" })}
        >
          <Radio value="last-day">After their last day</Radio>
          <Radio value="time">At a date and time</Radio>
        </RadioGroup>
      ) : null}
      <WhenFields draft={draft} onChange={set} />
      <ComboBox
        label="Time zone"
        options={zones}
        selectedKey={draft.zone}
        onSelectionChange={(zone) => (zone === null ? undefined : set({ zone: String(zone) }))}
        description="Theirs or yours. Type a city to find it."
      />
      <p aria-live="polite" className="min-h-10 text-ink-2">
        {preview ?? "Choose a time to see it in words here."}
      </p>
      <p className="text-12 text-ink-3">
        The plan is checked again at that time. If it has changed, or you may no longer act in its tenants,
        nothing is sent and an issue is opened.
      </p>
      <div className="flex flex-wrap justify-end gap-2 pt-1">
        <Button slot="close">Cancel</Button>
        <SubmitButton isDisabled={preview === null} pendingLabel="Scheduling…">
          Schedule it
        </SubmitButton>
      </div>
    </Form>
  );
}

type WhenFieldsProps = { draft: ScheduleDraft; onChange: (given: Partial<ScheduleDraft>) => void };

function WhenFields({ draft, onChange }: WhenFieldsProps) {
  if (draft.mode === "time") {
    return (
      <TextField
        label="Date and time"
        type="datetime-local"
        value={draft.localDateTime}
        onChange={(localDateTime) => onChange({ localDateTime })}
        isRequired
      />
    );
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Last day"
        type="date"
        value={draft.lastDay}
        onChange={(lastDay) => onChange({ lastDay })}
        isRequired
      />
      <TextField
        label="Days of grace"
        inputMode="numeric"
        value={draft.graceDays}
        onChange={(graceDays) => onChange({ graceDays })}
        description="0 to 30. The person stays active until they end."
        isRequired
      />
    </div>
  );
}
