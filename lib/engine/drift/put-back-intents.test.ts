import fc from "fast-check";
import { expect, test } from "vitest";
import { canBePutBack, type PutBack, toPutBackIntents } from "@/lib/engine/drift/put-back-intents";

const tenantId = "t1";

function row(
  id: string,
  resourceId: string,
  field: string,
  [before, after]: [string | null, string | null],
): PutBack {
  return { id, resourceId, userName: `${resourceId}@x.example`, field, before, after };
}

const account = (resourceId: string) => ({ tenantId, resourceId, userName: `${resourceId}@x.example` });
const noGroups = { addGroups: [], removeGroups: [] };

test("accounts that get the same values back share one update, and others have one of their own", () => {
  const intents = toPutBackIntents(tenantId, [
    row("1", "u1", "title", ["Partner", "Clerk"]),
    row("2", "u1", "department", [null, "Sales"]),
    row("3", "u2", "department", [null, "Legal"]),
    row("4", "u2", "title", ["Partner", null]),
    row("5", "u3", "title", ["Chef", "Clerk"]),
  ]);
  expect(intents).toEqual([
    {
      intent: {
        kind: "update",
        attributes: { department: null, title: "Partner" },
        ...noGroups,
        accounts: [account("u1"), account("u2")],
      },
      driftIds: ["1", "2", "3", "4"],
    },
    {
      intent: { kind: "update", attributes: { title: "Chef" }, ...noGroups, accounts: [account("u3")] },
      driftIds: ["5"],
    },
  ]);
});

test("archived people are restored, restored or new ones archived, and those who cannot be put back are left", () => {
  const intents = toPutBackIntents(tenantId, [
    row("1", "u1", "active", ["true", "false"]),
    row("2", "u2", "active", ["false", "true"]),
    row("3", "u3", "appeared", [null, "u3@x.example"]),
    row("4", "u4", "vanished", ["u4@x.example", null]),
    row("5", "u5", "userName", ["a@x.example", "b@x.example"]),
  ]);
  expect(intents).toEqual([
    { intent: { kind: "restore", accounts: [account("u1")] }, driftIds: ["1"] },
    { intent: { kind: "offboard", accounts: [account("u2"), account("u3")] }, driftIds: ["2", "3"] },
  ]);
});

test("a removed group can be put back, an added or renamed one cannot", () => {
  expect(
    [
      { field: "group", after: null },
      { field: "group", after: "Legal" },
      { field: "group:g1", after: null },
      { field: "group:g1", after: "Legal" },
    ].map(canBePutBack),
  ).toEqual([true, false, true, true]);
});

test("people who lost and gained the same groups share one update with the same values", () => {
  const lines = (id: string, person: string) => [
    row(`${id}1`, person, "group:g1", ["Legal", null]),
    row(`${id}2`, person, "group:g2", [null, "Choir"]),
    row(`${id}3`, person, "title", ["Partner", "Clerk"]),
  ];
  expect(toPutBackIntents(tenantId, [...lines("a", "u1"), ...lines("b", "u2")])).toEqual([
    {
      intent: {
        kind: "update",
        attributes: { title: "Partner" },
        addGroups: ["Legal"],
        removeGroups: ["Choir"],
        accounts: [account("u1"), account("u2")],
      },
      driftIds: ["a1", "a2", "a3", "b1", "b2", "b3"],
    },
  ]);
});

const membership = fc.record({
  person: fc.constantFrom("u1", "u2", "u3", "u4"),
  group: fc.constantFrom("g1", "g2", "g3"),
  isIn: fc.boolean(),
});

test("the updates restore everybody's groups, in no more updates than there are groups to join and to leave", () => {
  const steps = fc.uniqueArray(membership, { selector: ({ person, group }) => `${person} ${group}` });
  fc.assert(
    fc.property(steps, (changed) => {
      const rows = changed.map(({ person, group, isIn }, index) =>
        row(String(index), person, `group:${group}`, [isIn ? null : group, isIn ? group : null]),
      );
      const held = new Set(
        changed.flatMap(({ person, group, isIn }) => (isIn ? [`${person} ${group}`] : [])),
      );
      const intents = toPutBackIntents(tenantId, rows);
      for (const { intent } of intents) {
        if (intent.kind !== "update") throw new Error("Memberships are put back by updates");
        for (const { resourceId } of intent.accounts) {
          for (const name of intent.addGroups) held.add(`${resourceId} ${name}`);
          for (const name of intent.removeGroups) held.delete(`${resourceId} ${name}`);
        }
      }
      const had = changed.flatMap(({ person, group, isIn }) => (isIn ? [] : [`${person} ${group}`]));
      expect([...held].sort()).toEqual(had.sort());
      expect(intents.flatMap(({ driftIds }) => driftIds).sort()).toEqual(rows.map(({ id }) => id).sort());
      expect(intents.length).toBeLessThanOrEqual(
        new Set(changed.map(({ group, isIn }) => `${group} ${isIn}`)).size,
      );
    }),
  );
});
