import type { CheckItem, CheckState } from "@/components/ui/fields/check-list";
import { Time } from "@/components/ui/time";
import { toAbsenceWords, toTestModeSentence } from "@/components/words/tenant-words";
import type { Absences, TenantDetail } from "@/lib/tenants/types";

export type GateTenant = Pick<
  TenantDetail,
  "mode" | "readAt" | "adoptedAt" | "testMode" | "signedAt" | "signedBy"
>;

/**
 * The steps of the cut-over gate, with evidence. One dialog takes the number and the signature, so it completes both
 * steps.
 * @param absences null before the first full read
 */
export function toGateSteps(tenant: GateTenant, absences: Absences | null): CheckItem[] {
  const { readAt, adoptedAt, testMode, signedAt, signedBy } = tenant;
  const isSigned = signedAt !== null;
  const steps = [
    {
      label: "Full read of the inventory",
      isDone: readAt !== null,
      detail: readAt ? <Time at={readAt} format="full" /> : "Starts once the tenant has answered.",
    },
    {
      label: "Inventory adopted into the roster",
      isDone: adoptedAt !== null,
      detail: adoptedAt ? <Time at={adoptedAt} format="full" /> : "Until then everybody counts as absent.",
    },
    {
      label: "Absences reviewed",
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

/** A tenant without a signature may be written to if it left `observe` before gates existed. */
function toUnsigned({ mode }: GateTenant): string {
  return mode === "observe"
    ? "With a reason and the tenant's name. Nothing is written before that."
    : "Rollcall wrote here before gates existed. To get a signature, set the tenant to observe and pass the gate again.";
}
