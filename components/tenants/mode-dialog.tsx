"use client";

import { useState } from "react";
import type { ModeFacts } from "@/components/tenants/mode-facts";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import type { ButtonSize } from "@/components/ui/button-styles";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { modeWords } from "@/components/words/tenant-words";
import { setModeAction } from "@/lib/tenants/actions";
import type { TenantMode } from "@/lib/tenants/types";

const modes = ["observe", "mixed", "source"] as const satisfies readonly TenantMode[];

const testModes = [
  { id: "on", label: "On" },
  { id: "off", label: "Off" },
  { id: "unknown", label: "Not known" },
];

type ModeDialogProps = { tenant: ModeFacts; label?: string; size?: ButtonSize };

/** Who is the tenant's SCIM source, as an owner says it and signs with a reason. */
export function ModeDialog({ tenant, label = "Choose the mode", size }: ModeDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Choose the mode of ${tenant.name}`}
      size="large"
      trigger={<Button size={size}>{label}</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
    >
      <ModeForm tenant={tenant} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

function ModeForm({ tenant, onDone }: { tenant: ModeFacts; onDone: () => void }) {
  const [mode, setMode] = useState(tenant.mode);
  const testMode = tenant.testMode === null ? "unknown" : tenant.testMode ? "on" : "off";
  return (
    <ActionForm action={setModeAction} onDone={onDone}>
      <input type="hidden" name="tenantId" value={tenant.id} />
      <RadioGroup
        label="Mode"
        name="mode"
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each === value) ?? "observe")}
      >
        {modes.map((each) => (
          <Radio key={each} value={each} variant="card" description={modeWords[each].meaning}>
            {modeWords[each].word}
          </Radio>
        ))}
      </RadioGroup>
      {mode === "source" ? <SourceWarning tenant={tenant} /> : null}
      <Select
        label="Test Mode in KnowBe4"
        name="testMode"
        defaultValue={testMode}
        options={testModes}
        description="SCIM does not tell: look under User Provisioning in the KnowBe4 console. While on, KnowBe4 accepts everything and changes nothing."
      />
      <TextArea
        label="Reason"
        name="reason"
        rows={2}
        description="Who agreed to it, and where. It stands in the audit log under your name."
        isRequired
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button slot="close">Cancel</Button>
        <SubmitButton pendingLabel="Saving…">
          {mode === tenant.mode
            ? `Keep ${tenant.name} at ${toLower(mode)}`
            : `Set ${tenant.name} to ${toLower(mode)}`}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** What stands to be lost, before it is asked. */
function SourceWarning({ tenant }: { tenant: ModeFacts }) {
  return (
    <Notice kind="warning" title="KnowBe4 archives whoever its SCIM source does not hold">
      Switch off any other provisioning of {tenant.name} first, and leave Test Mode on until KnowBe4&rsquo;s
      own report of the next sync looks right.{" "}
      {tenant.readAt && tenant.active !== null ? (
        <>
          When Rollcall last read it, <Time at={tenant.readAt} />, it held{" "}
          {countOf(tenant.active, "active person", "active people")}: compare that with what the report would
          archive.
        </>
      ) : null}
    </Notice>
  );
}

function toLower(mode: TenantMode): string {
  return modeWords[mode].word.toLocaleLowerCase("en");
}
