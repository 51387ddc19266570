import { GROUP_FIELD, isMembership } from "@/lib/engine/drift/drift-field";
import type { Intent } from "@/lib/changes/model/intent";

/** What is to be put back: a value of one account or group, and what it was before. */
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
 * Whether a change can set it back. Not whom people are matched by, not an account that is gone, and of groups only one
 * that is gone: no change renames a group or takes one away.
 */
export function canBePutBack({ field, after }: Pick<PutBack, "field" | "after">): boolean {
  if (field === GROUP_FIELD) return after === null;
  return field !== "userName" && field !== "externalId" && field !== "vanished";
}

/**
 * The intents that put values back: who was archived is restored, who was restored or appeared is archived, and
 * accounts that shall get the same values and groups share one update. Groups that are gone are the roster's to make
 * anew; see planGoneGroups. Pure.
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
  // People who lost groups at random have hardly a combination in common; their groups are fewer.
  const byPerson = toUpdatesBy(tenantId, values, ({ resourceId }) => resourceId);
  const byField = toUpdatesBy(tenantId, values, ({ resourceId, field }) =>
    isMembership(field) ? `${resourceId} ${field}` : resourceId,
  );
  return byField.length < byPerson.length ? byField : byPerson;
}

/** @param partOf names the lines of one account that belong into one change. */
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

/** In one order, so that the same values of two accounts read the same. */
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
