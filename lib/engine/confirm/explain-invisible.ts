import type { OperationKind } from "@/lib/changes/model/plan-types";

/** What is known about an accepted operation that no reading shows. */
export type InvisibleFacts = {
  kind: OperationKind;
  acceptedAt: Date;
  /** Test Mode as an operator recorded it; null while nobody did. */
  testMode: boolean | null;
  /** The last whole read of the directory. */
  readAt: Date | null;
  /** How the person is guarded in Rollcall, which mirrors what KnowBe4 does with them. */
  guards: readonly string[];
  /** When the newest operation was accepted that has been seen since: KnowBe4 synced after that. */
  seenUpTo: Date | null;
};

/**
 * Why what KnowBe4 accepted may not be visible, from the strongest evidence to the weakest, and the next step. KnowBe4
 * tells over SCIM neither whether Test Mode is on nor what a sync skipped (KnowBe4, SCIM configuration guide), so this
 * is what the rest of the facts says.
 * @returns sentences, without the last full stop, as every detail of an operation is.
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
