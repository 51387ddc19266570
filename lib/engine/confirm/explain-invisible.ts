import type { OperationKind } from "@/lib/changes/model/plan-types";

/** What is known about an accepted operation that no reading shows. */
export type InvisibleFacts = {
  kind: OperationKind;
  acceptedAt: Date;
  /** Test Mode as an operator recorded it; null when not recorded. */
  testMode: boolean | null;
  /** The last full read of the directory. */
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
    return "Test Mode is recorded as on: KnowBe4 accepts everything and changes nothing until Test Mode is switched off there.";
  }
  if (guards.includes("excluded")) {
    return "Provisioning Managed is false for this person, so KnowBe4 does not change them.";
  }
  if (kind === "archive" && guards.includes("admin")) {
    return "This person is a console admin, and KnowBe4 does not archive admins. Remove the role there first.";
  }
  const unrecorded = testMode === null ? "  Nobody recorded whether Test Mode is on: check that too." : "";
  if (seenUpTo !== null && seenUpTo > acceptedAt) {
    return `KnowBe4 synced since, because a later request is visible. It probably skipped this one. Look at the sync's details in KnowBe4.${unrecorded}`;
  }
  return `No later request is visible either, so KnowBe4's sync is probably pending. Press Force Sync Now there if it lasts.${unrecorded}`;
}

function toEvidence({ acceptedAt, readAt }: InvisibleFacts): string {
  if (readAt === null || readAt < acceptedAt) return "The directory was not fully read since";
  return `The directory was fully read since, last on ${readAt.toISOString().slice(0, 16).replace("T", " at ")} UTC`;
}
