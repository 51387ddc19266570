import { GROUP_FIELD, isMembership } from "@/lib/engine/drift/drift-field";
import type { Intent } from "@/lib/changes/model/intent";

/** A value of one account or group to restore, with the value it had before. */
export type PutBack = {
  id: string;
  resourceId: string;
  /** Empty for a group. */
  userName: string;
  field: string;
  before: string | null;
  after: string | null;
};

export type PutBackIntent = { intent: Intent; driftIds: string[] };

/**
 * Whether a change can restore the value. It cannot restore the attribute by which people are matched, nor an account
 * that is gone. Of groups it can only recreate one that is gone: no change renames or deletes a group.
 */
export function canBePutBack({ field, after }: Pick<PutBack, "field" | "after">): boolean {
  if (field === GROUP_FIELD) return after === null;
  return field !== "userName" && field !== "externalId" && field !== "vanished";
}

/**
 * Builds the intents that restore values. Archived people are restored; restored or new people are archived; accounts
 * that get the same values and groups share one update. planGoneGroups recreates deleted groups from the roster.
 * Pure.
 */
export function toPutBackIntents(tenantId: string, rows: readonly PutBack[]): PutBackIntent[] {
  const archived = rows.filter(({ field, after }) => field === "active" && after === "false");
  const arrived = rows.filter(
    ({ field, after }) => field === "appeared" || (field === "active" && after === "true"),
  );
  return [
    ...toUpdates(tenantId, rows),
    ...(archived.length > 0 ? [toActivity("restore", tenantId, archived)] : []),
    ...(arrived.length > 0 ? [toActivity("offboard", tenantId, arrived)] : []),
  ];
}

function toActivity(kind: "restore" | "offboard", tenantId: string, rows: readonly PutBack[]): PutBackIntent {
  return { intent: { kind, accounts: rows.map((row) => toAccount(tenantId, row)) }, driftIds: idsOf(rows) };
}

function toUpdates(tenantId: string, rows: readonly PutBack[]): PutBackIntent[] {
  const values = rows.filter((row) => {
    const { field } = row;
    return canBePutBack(row) && field !== "active" && field !== "appeared" && field !== GROUP_FIELD;
  });
  // People who lost groups at random rarely share a combination; grouping by group makes fewer updates.
  const byPerson = toUpdatesBy(tenantId, values, ({ resourceId }) => resourceId);
  const byField = toUpdatesBy(tenantId, values, ({ resourceId, field }) =>
    isMembership(field) ? `${resourceId} ${field}` : resourceId,
  );
  return byField.length < byPerson.length ? byField : byPerson;
}

/**
 * Groups accounts into updates.
 * @param partOf picks the rows of one account that belong to one change.
 */
function toUpdatesBy(
  tenantId: string,
  rows: readonly PutBack[],
  partOf: (row: PutBack) => string,
): PutBackIntent[] {
  const parts = [...Map.groupBy(rows, partOf).values()];
  return [...Map.groupBy(parts, (lines) => JSON.stringify(toValues(lines))).values()].map((alike) => ({
    intent: {
      kind: "update",
      ...toValues(alike[0] ?? []),
      accounts: alike.flatMap((lines) => lines.slice(0, 1).map((row) => toAccount(tenantId, row))),
    },
    driftIds: alike.flatMap(idsOf),
  }));
}

/** Sorts the values, so that equal values of two accounts compare as equal. */
function toValues(lines: readonly PutBack[]) {
  const sorted = lines.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const memberships = sorted.filter(({ field }) => isMembership(field));
  const values = sorted.filter(({ field }) => !isMembership(field));
  return {
    attributes: Object.fromEntries(values.map(({ field, before }) => [field, before])),
    addGroups: memberships.flatMap(({ before, after }) =>
      after === null && before !== null ? [before] : [],
    ),
    removeGroups: memberships.flatMap(({ after }) => after ?? []),
  };
}

function toAccount(tenantId: string, { resourceId, userName }: PutBack) {
  return { tenantId, resourceId, userName };
}

function idsOf(rows: readonly PutBack[]): string[] {
  return rows.map(({ id }) => id);
}
