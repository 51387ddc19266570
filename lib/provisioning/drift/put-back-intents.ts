import type { Intent } from "@/lib/provisioning/intent";

/** What is to be put back: a value of one account, and what it was before. */
export type PutBack = {
  id: string;
  resourceId: string;
  userName: string;
  field: string;
  before: string | null;
  after: string | null;
};

export type PutBackIntent = { intent: Intent; driftIds: string[] };

/** Fields that no change can set back: who they are matched by, and an account that is not there any more. */
export const notPutBack: readonly string[] = ["userName", "externalId", "vanished"];

/**
 * The intents that put values back: who was archived is restored, who was restored or appeared is archived, and
 * accounts that shall get the same values share one update. Pure.
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
  const values = rows.filter(
    ({ field }) => field !== "active" && field !== "appeared" && !notPutBack.includes(field),
  );
  const people = [...Map.groupBy(values, ({ resourceId }) => resourceId).values()];
  return [...Map.groupBy(people, (fields) => JSON.stringify(toAttributes(fields))).values()].map((alike) => ({
    intent: {
      kind: "update",
      attributes: toAttributes(alike[0] ?? []),
      addGroups: [],
      removeGroups: [],
      accounts: alike.flatMap((fields) => fields.slice(0, 1).map((row) => toAccount(tenantId, row))),
    },
    driftIds: alike.flatMap(idsOf),
  }));
}

/** In one order, so that the same values of two accounts read the same. */
function toAttributes(fields: readonly PutBack[]): Record<string, string | null> {
  const sorted = fields.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  return Object.fromEntries(sorted.map(({ field, before }) => [field, before]));
}

function toAccount(tenantId: string, { resourceId, userName }: PutBack) {
  return { tenantId, resourceId, userName };
}

function idsOf(rows: readonly PutBack[]): string[] {
  return rows.map(({ id }) => id);
}
