import { type AttributeKey, isAttributeKey } from "@/lib/knowbe4/attributes";
import { sameAttributeValue } from "@/lib/knowbe4/same-attribute-value";
import type { FieldDifference } from "@/lib/changes/model/plan-types";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";
import { GROUP_FIELD, isMembership, kindOf } from "@/lib/engine/drift/drift-field";

/**
 * A value that changed between two readings of the directory. `field` is an attribute, active, appeared, vanished, a
 * membership (before and after are the group's name), or the group itself (the value is its name).
 */
export type DriftStep = {
  id: string;
  resourceId: string;
  field: string;
  before: string | null;
  after: string | null;
  seenAt: Date;
};

/** Our operation on a person or a group, of any age, sent at least once. */
export type OurWrite = {
  resourceId: string | null;
  /** The membership it wrote, of the person with `resourceId`; absent for a write to the resource itself. */
  field?: string;
  intent: StoredIntent;
  state: string;
  diff: readonly FieldDifference[];
  sentAt: Date | null;
  confirmedAt: Date | null;
};

export type DriftClass = {
  id: string;
  /** superseded: nothing is left to decide. always: decided for every value of this field. */
  state: "ours" | "open" | "superseded" | "always";
  /** The value when the row that this one continues was opened. */
  before: string | null;
};

/**
 * Separates what our own operations explain from what somebody else changed, for one person or one group. Folds steps
 * on one field into one: A→B and B→C is open as A→C; A→B and B→A cancel out. Pure.
 * @param steps unjudged steps, in the order they were seen.
 * @param open drift of this person that is already open.
 * @param left kinds of field (kindOf) that are left to this tenant's console, so that they are never drift.
 */
export function classifyDrift(
  steps: readonly DriftStep[],
  open: readonly DriftStep[],
  writes: readonly OurWrite[],
  left: ReadonlySet<string>,
): DriftClass[] {
  const verdicts = new Map<string, DriftClass>();
  const standing = new Map(open.map((step) => [sideOf(step.field), step]));

  function set({ id, before }: Pick<DriftStep, "id" | "before">, state: DriftClass["state"]): void {
    verdicts.set(id, { id, state, before });
  }

  for (const step of steps) {
    if (isSame(step.field, step.before, step.after)) {
      set(step, "superseded");
      continue;
    }
    const side = sideOf(step.field);
    const earlier = standing.get(side);
    if (earlier) set(earlier, "superseded");
    standing.delete(side);
    if (isOurs(step, writes)) set(step, "ours");
    else if (left.has(kindOf(step.field))) set(step, "always");
    else if (earlier && isUndone(earlier, step)) set(step, "superseded");
    else {
      const kept = earlier && side !== PRESENCE ? { ...step, before: earlier.before } : step;
      set(kept, "open");
      standing.set(side, kept);
    }
    // For an account that is gone, only that remains to be decided.
    if (step.field === "vanished") {
      for (const [field, other] of standing) if (field !== PRESENCE) set(other, "superseded");
      for (const field of [...standing.keys()]) if (field !== PRESENCE) standing.delete(field);
    }
  }
  return [...verdicts.values()];
}

const PRESENCE = "presence";

/** Appearing and vanishing are opposite values of one field. */
function sideOf(field: string): string {
  return field === "appeared" || field === "vanished" ? PRESENCE : field;
}

function isUndone(earlier: DriftStep, step: DriftStep): boolean {
  if (sideOf(step.field) === PRESENCE) return earlier.field !== step.field;
  return isSame(step.field, earlier.before, step.after);
}

function isSame(field: string, a: string | null, b: string | null): boolean {
  // A group that was renamed meanwhile is the same group.
  if (isMembership(field)) return (a === null) === (b === null);
  return isAttributeKey(field) ? sameAttributeValue(field, a, b) : a === b;
}

function isOurs(step: DriftStep, writes: readonly OurWrite[]): boolean {
  const about = writes.filter((write) => isAbout(step, write));
  const fresh = about.filter((write) => isFresh(write, step.seenAt) && !isOvertaken(write, step, about));
  if (fresh.some(({ intent }) => explains(intent, step))) return true;
  // A server that derives the display name from the name did so because of our write.
  const names: readonly AttributeKey[] = ["givenName", "familyName"];
  return (
    step.field === "displayName" && fresh.some(({ intent }) => names.some((key) => key in wantedBy(intent)))
  );
}

/** Whether a later write of ours to the same field was seen before: then this one can no longer become visible. */
function isOvertaken(write: OurWrite, { field, seenAt }: DriftStep, writes: readonly OurWrite[]): boolean {
  return writes.some(
    ({ intent, sentAt, confirmedAt }) =>
      writesTo(intent, field) &&
      confirmedAt !== null &&
      confirmedAt < seenAt &&
      isLater(sentAt, write.sentAt),
  );
}

function isLater(a: Date | null, b: Date | null): boolean {
  return a !== null && b !== null && a > b;
}

function writesTo(intent: StoredIntent, field: string): boolean {
  if (isMembership(field)) return intent.kind === "members_add" || intent.kind === "members_remove";
  if (field === "active")
    return intent.kind === "archive" || intent.kind === "restore" || intent.kind === "create";
  return field in wantedBy(intent);
}

/** Another account may now have an address that was written to before. */
function isAbout(step: DriftStep, write: OurWrite): boolean {
  if (write.field !== undefined && write.field !== step.field) return false;
  return write.resourceId === null || write.resourceId === step.resourceId;
}

const DAY_MS = 86_400_000;

/**
 * Whether an operation may have become visible only with this reading. An unconfirmed one may: KnowBe4 applies later.
 * A confirmed one was seen before, unless this reading confirmed it. A failed one may still have been applied.
 */
function isFresh({ state, sentAt, confirmedAt }: OurWrite, seenAt: Date): boolean {
  if (state === "confirmed") return confirmedAt !== null && confirmedAt >= seenAt;
  if (state === "failed") return sentAt !== null && sentAt.getTime() >= seenAt.getTime() - DAY_MS;
  return true;
}

function explains(intent: StoredIntent, { field, before, after }: DriftStep): boolean {
  // Our operations never rename or remove a group.
  if (field === GROUP_FIELD) return intent.kind === "group_create" && before === null;
  // A tenant may remove people whom we archive from their groups.
  if (isMembership(field)) {
    return after === null
      ? intent.kind === "members_remove" || intent.kind === "archive"
      : intent.kind === "members_add";
  }
  if (field === "appeared") return intent.kind === "create";
  if (field === "vanished") return intent.kind === "archive";
  if (field === "active") {
    return after === "false"
      ? intent.kind === "archive"
      : intent.kind === "restore" || intent.kind === "create";
  }
  const wanted = wantedBy(intent);
  return isAttributeKey(field) && field in wanted && isSame(field, wanted[field] ?? null, after);
}

function wantedBy(intent: StoredIntent): Partial<Record<AttributeKey, string | null>> {
  if (intent.kind === "create") return intent.values;
  return intent.kind === "update" ? intent.changes : {};
}

/** More people than this changing between two reads is not manual work in the console. */
const MANY_PEOPLE = 10;

/**
 * Whether opened drift looks like a second SCIM source: our values were set back to the previous ones, or many people
 * changed at once.
 */
export function isSecondWriter(opened: readonly DriftStep[], writes: readonly OurWrite[]): boolean {
  const people = opened.filter(({ field }) => field !== GROUP_FIELD);
  if (new Set(people.map(({ resourceId }) => resourceId)).size > MANY_PEOPLE) return true;
  return opened.some((step) => writes.some((write) => isAbout(step, write) && isSetBack(step, write)));
}

function isSetBack({ field, before, after }: DriftStep, { intent, diff, resourceId }: OurWrite): boolean {
  if (resourceId === null) return false;
  if (isMembership(field)) return intent.kind === (after === null ? "members_add" : "members_remove");
  if (field === "active") return intent.kind === (after === "true" ? "archive" : "restore");
  const written = diff.find((difference) => difference.field === field);
  return (
    written !== undefined && isSame(field, written.after, before) && isSame(field, written.before, after)
  );
}
