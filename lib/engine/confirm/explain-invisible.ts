import type { OperationKind } from "@/lib/changes/model/plan-types";

/** What is known about an accepted operation that no reading shows. */
export type InvisibleFacts = {
  kind: OperationKind;
  acceptedAt: Date;
  /** Test Mode as an operator recorded it; null when not recorded. */
  testMode: boolean | null;
  /** The last whole read of the directory. */
  readAt: Date | null;
  /** The person's guards in Rollcall, which mirror how KnowBe4 treats them. */
  guards: readonly string[];
  /** When the newest confirmed operation was accepted: KnowBe4 synced after that. */
  seenUpTo: Date | null;
};

/**
 * Explains why accepted data may not be visible, strongest evidence first, and names the next step. SCIM does not
 * show whether Test Mode is on or what a sync skipped (KnowBe4, SCIM configuration guide), so the explanation uses
 * the other facts.
 * @returns sentences without the last full stop, like every operation detail.
 */
export function explainInvisible(facts: InvisibleFacts): string {
  return `${findCause(facts)} ${toEvidence(facts)}`;
}

function findCause({ kind, acceptedAt, testMode, guards, seenUpTo }: InvisibleFacts): string {
  if (testMode === true) {
    return "Test Mode was recorded as on: KnowBe4 accepts everything and changes nothing until it is switched off there.";
  }
  if (guards.includes("excluded")) {
    return "Provisioning Managed is false for this person, so KnowBe4 leaves them as they are.";
  }
  if (kind === "archive" && guards.includes("admin")) {
    return "This person is a console admin, and KnowBe4 archives none. Take the role away there first.";
  }
  const unrecorded = testMode === null ? " Nobody recorded whether Test Mode is on: look there too." : "";
  if (seenUpTo !== null && seenUpTo > acceptedAt) {
    return `A sync ran since, because something that was accepted later was seen: this was probably skipped. Look at the sync's details in KnowBe4.${unrecorded}`;
  }
  return `Nothing that was accepted since was seen either: KnowBe4's sync is probably pending. Press Force Sync Now there if it lasts.${unrecorded}`;
}

function toEvidence({ acceptedAt, readAt }: InvisibleFacts): string {
  if (readAt === null || readAt < acceptedAt) return "The directory was not read whole since";
  return `The directory was read whole since, last on ${readAt.toISOString().slice(0, 16).replace("T", " at ")} UTC`;
}
