import type { ModeFacts } from "@/components/tenants/mode-facts";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/fields/text-field";
import { Time } from "@/components/ui/time";
import { toAbsenceWords } from "@/components/words/tenant-words";
import type { TenantMode } from "@/lib/tenants/types";

/** The possible loss, and the signature of the owner who accepts it. */
export function CutOverFields({ tenant, mode }: { tenant: ModeFacts; mode: TenantMode }) {
  const { name, absences, readAt } = tenant;
  return (
    <>
      <Notice kind="warning" title={toAbsenceWords(absences)}>
        {readAt ? (
          <>
            As of the last full read, <Time at={readAt} />.{" "}
          </>
        ) : null}
        {mode === "source"
          ? `KnowBe4 archives people whom its SCIM source does not list. Switch off other provisioning of ${name} first, and leave Test Mode on until KnowBe4’s report of the next sync looks right.`
          : `Both sources share one connection there. If the other one is switched off, KnowBe4 archives people whom Rollcall does not list.`}
      </Notice>
      {/* A signature applies to the number shown now, so a reload does not restore it. */}
      <div data-not-kept className="flex flex-col gap-4">
        <Checkbox name="absent" value={String(absences.absent)} isRequired>
          I have seen that {toAbsenceWords(absences)}
        </Checkbox>
        <TextField label={`Type “${name}” to sign`} name="name" autoComplete="off" isRequired />
      </div>
    </>
  );
}
