"use client";

import { useRouter } from "next/navigation";
import { canBeLeft, toFieldName } from "@/components/drift/drift-words";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { countOf, listOf } from "@/components/words/count-words";
import { decideDriftAction } from "@/lib/engine/drift/actions";
import type { DriftDecision } from "@/lib/engine/drift/decisions";
import { isMembership } from "@/lib/engine/drift/drift-field";
import { canBePutBack } from "@/lib/engine/drift/put-back-intents";
import type { OpenDrift } from "@/lib/engine/drift/types";

type DecisionDialogProps = {
  decision: DriftDecision;
  tenantId: string;
  tenantName: string;
  /** The chosen lines. */
  rows: readonly OpenDrift[];
};

const words: Record<DriftDecision, { button: string; canBe: (line: OpenDrift) => boolean; whyNot: string }> =
  {
    accept: { button: "Accept into the roster", canBe: () => true, whyNot: "" },
    "put-back": {
      button: "Put back",
      canBe: canBePutBack,
      whyNot:
        "Addresses, external IDs, deleted accounts and new or renamed groups cannot be put back. Accept them, or correct them in KnowBe4.",
    },
    always: {
      button: "Always accept for this field",
      canBe: canBeLeft,
      whyNot: "Only attributes and memberships can always be accepted.",
    },
  };

/** One decision about the chosen lines, with its reason. Disabled if it does not apply to them. */
export function DecisionDialog({ decision, tenantId, tenantName, rows }: DecisionDialogProps) {
  const router = useRouter();
  const { button, canBe, whyNot } = words[decision];
  const values = countOf(rows.length, "value", "values");
  const isSuited = rows.every(canBe);

  function decide(_previous: unknown, form: FormData) {
    const reason = String(form.get("reason") ?? "");
    return decideDriftAction({ tenantId, driftIds: rows.map(({ id }) => id), decision, reason });
  }

  if (rows.length === 0 || !isSuited) {
    const id = `no-${decision}`;
    return (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Button isDisabled aria-describedby={id}>
          {button}
        </Button>
        <span id={id} className={rows.length === 0 ? "sr-only" : "text-12 text-ink-3"}>
          {rows.length === 0 ? "Choose a line first." : whyNot}
        </span>
      </span>
    );
  }
  return (
    <ConfirmDialog
      trigger={<Button variant={decision === "put-back" ? "primary" : undefined}>{button}</Button>}
      title={`${button}: ${values}`}
      confirmLabel={decision === "put-back" ? `Plan ${values}` : `${button}: ${values}`}
      action={decide}
      onDone={({ changeIds }) => {
        if (changeIds.length > 0) router.push(toPlans(changeIds));
      }}
      reason={{ label: "Reason", isRequired: true, description: "The audit log keeps it." }}
    >
      <Consequence decision={decision} tenantName={tenantName} rows={rows} />
    </ConfirmDialog>
  );
}

/** Opens a single plan at once; several are at the top of the list of changes. */
function toPlans(changeIds: readonly string[]): string {
  return changeIds.length === 1 ? `/changes/${changeIds[0]}` : "/changes";
}

function Consequence({ decision, tenantName, rows }: Omit<DecisionDialogProps, "tenantId">) {
  const attributes = rows.filter(({ field }) => !isMembership(field));
  const fields = listOf([...new Set(attributes.map(({ field }) => toFieldName(field)))]);
  if (decision === "accept") {
    return (
      <p>
        The roster of {tenantName} takes over the values, and people's roster groups follow their groups in
        the tenant. Nothing is sent. A source that delivers another value later replaces them, unless
        operators own the field.
      </p>
    );
  }
  if (decision === "put-back") {
    return (
      <p>
        The old values are planned as a change of {tenantName}. Nothing is sent until you apply the plan. A
        deleted group is created again with its members from the roster. If another source keeps writing, it
        will change the values again.
      </p>
    );
  }
  const hasMemberships = rows.some(({ field }) => isMembership(field));
  return (
    <>
      {fields.length > 0 ? (
        <p>
          {fields}: whatever the console of {tenantName} holds is accepted from now on. Rollcall no longer
          writes this field there or reports changes to it, and open lines of it are accepted. You can change
          this back in the mapping.
        </p>
      ) : null}
      {hasMemberships ? (
        <p>
          Memberships, of every group: the roster of {tenantName} follows the console's memberships from now
          on. They are no longer reported, and open ones are accepted. You can change this back on this page.
        </p>
      ) : null}
    </>
  );
}
