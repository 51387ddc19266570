"use client";

import { useState } from "react";
import { CutOverFields } from "@/components/tenants/cut-over-fields";
import type { ModeFacts } from "@/components/tenants/mode-facts";
import { ActionForm } from "@/components/ui/actions/action-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import { Select } from "@/components/ui/fields/select";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextLink } from "@/components/ui/text-link";
import { modeWords } from "@/components/words/tenant-words";
import { setModeAction } from "@/lib/tenants/actions";
import { isCutOver } from "@/lib/tenants/cut-over-gate";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantMode } from "@/lib/tenants/types";

const modes = ["observe", "mixed", "source"] as const satisfies readonly TenantMode[];

const testModes = [
  { id: "on", label: "On" },
  { id: "off", label: "Off" },
  { id: "unknown", label: "Not known" },
];

/** The fields that an owner sets and signs. */
export function ModeForm({ tenant, onDone }: { tenant: ModeFacts; onDone: () => void }) {
  const [mode, setMode] = useState(tenant.mode);
  const testMode = tenant.testMode === null ? "unknown" : tenant.testMode ? "on" : "off";
  const isSigned = isCutOver(tenant.mode, mode);
  const closed = tenantCan.cutOver.whyNot({ ...tenant, hasRead: tenant.readAt !== null });
  return (
    <ActionForm name="tenant-mode" action={setModeAction} onDone={onDone}>
      <input type="hidden" name="tenantId" value={tenant.id} />
      <RadioGroup
        label="Mode"
        name="mode"
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each === value) ?? "observe")}
      >
        {modes.map((each) => (
          <Radio
            key={each}
            value={each}
            variant="card"
            description={modeWords[each].meaning}
            isDisabled={closed !== null && isCutOver(tenant.mode, each)}
          >
            {modeWords[each].word}
          </Radio>
        ))}
      </RadioGroup>
      {closed && tenant.mode !== "source" ? (
        <p className="text-12 text-ink-3">
          {closed.cause} {closed.next} Then the other modes can be chosen.{" "}
          <TextLink href={`/tenants/${tenant.id}?tab=rails#cut-over`}>Open the cut-over gate</TextLink>
        </p>
      ) : null}
      {mode === "observe" && tenant.mode !== "observe" ? (
        <Notice kind="info" title="Nothing will be written to it">
          Waiting operations are kept.
          {tenant.reconciles ? " Syncs no longer apply the roster." : ""} To write again, an owner has to sign
          the cut-over again.
        </Notice>
      ) : null}
      <Select
        label="Test Mode in KnowBe4"
        name="testMode"
        defaultValue={testMode}
        options={testModes}
        description="See User Provisioning in the KnowBe4 console: SCIM does not report it. While on, KnowBe4 accepts everything and applies nothing."
      />
      <TextArea
        label="Reason"
        name="reason"
        rows={2}
        description="Say who agreed, and where. The audit log keeps it under your name."
        isRequired
      />
      {isSigned ? <CutOverFields key={mode} tenant={tenant} mode={mode} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button slot="close">Cancel</Button>
        <SubmitButton pendingLabel="Saving…">
          {mode === tenant.mode
            ? `Keep ${tenant.name} at ${toLower(mode)}`
            : `${isSigned ? "Sign and set" : "Set"} ${tenant.name} to ${toLower(mode)}`}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

function toLower(mode: TenantMode): string {
  return modeWords[mode].word.toLocaleLowerCase("en");
}
