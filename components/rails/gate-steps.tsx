import type { CheckItem, CheckState } from "@/components/ui/check-list";
import { Time } from "@/components/ui/time";
import { toAbsenceWords, toTestModeSentence } from "@/components/words/tenant-words";
import type { Absences, TenantDetail } from "@/lib/tenants/types";

export type GateTenant = Pick<
  TenantDetail,
  "mode" | "readAt" | "adoptedAt" | "testMode" | "signedAt" | "signedBy"
>;

/**
 * The way through the cut-over gate, with its evidence. The number and the signature are given in one dialog, so both
 * are done with it.
 * @param absences null before the first whole read
 */
export function toGateSteps(tenant: GateTenant, absences: Absences | null): CheckItem[] {
  const { readAt, adoptedAt, testMode, signedAt, signedBy } = tenant;
  const isSigned = signedAt !== null;
  const steps = [
    {
      label: "Inventory read whole",
      isDone: readAt !== null,
      detail: readAt ? (
        <Time at={readAt} format="full" />
      ) : (
        "It follows by itself once the tenant has answered."
      ),
    },
    {
      label: "Inventory adopted into the roster",
      isDone: adoptedAt !== null,
      detail: adoptedAt ? (
        <Time at={adoptedAt} format="full" />
      ) : (
        "Until then everybody there counts as absent."
      ),
    },
    {
      label: "Absences looked at",
      isDone: isSigned,
      detail: absences ? `${toAbsenceWords(absences)}.` : undefined,
    },
    { label: "Test Mode recorded", isDone: testMode !== null, detail: toTestModeSentence(testMode) },
    {
      label: "Signed by an owner",
      isDone: isSigned,
      detail: signedAt ? (
        <>
          {signedBy ?? "An owner"}, <Time at={signedAt} format="full" />
        </>
      ) : (
        toUnsigned(tenant)
      ),
    },
  ];
  const current = steps.findIndex(({ isDone }) => !isDone);
  return steps.map(({ label, isDone, detail }, index) => {
    const state: CheckState = isDone ? "done" : index === current ? "current" : "todo";
    return { label, state, detail };
  });
}

/** A tenant may write without a signature when it left `observe` before there was a gate. */
function toUnsigned({ mode }: GateTenant): string {
  return mode === "observe"
    ? "With a reason and the tenant's name. Nothing is written before."
    : "Rollcall wrote here before there was a gate. Set it to observe, and through the gate again, to have it signed.";
}
