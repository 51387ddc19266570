import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import type { Intent, OnboardIntent, UpdateIntent } from "@/lib/changes/model/intent";
import { makePlan } from "@/lib/changes/plan/plan";
import { hashPlan } from "@/lib/changes/plan/plan-hash";
import type { PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { largeFleet, limitsOf, makeAccountFacts, makeRails, makeTenantFacts, tenantIdOf } from "@/test/facts";

const tenantId = tenantIdOf(1);
const noOwners = new Map<string, string>();

function plan(intent: Intent, facts: Partial<TenantFacts> = {}): PlannedOperation[] {
  return makePlan(intent, [makeTenantFacts(facts)], noOwners, largeFleet).runs[0]?.operations ?? [];
}

function hire(given: Partial<OnboardIntent> = {}): OnboardIntent {
  return {
    kind: "onboard",
    personId: "6f0c5a5e-3c58-4b1c-9a4e-0d6b0b6f6a11",
    attributes: { givenName: "Ana", familyName: "Ruiz", department: "Legal" },
    groups: [],
    accounts: [{ tenantId, userName: "ana.ruiz@acme.example" }],
    ...given,
  };
}

function standing(...names: string[]) {
  return names.map((name) => ({ tenantId, resourceId: `id-${name}`, userName: `${name}@acme.example` }));
}

function update(given: Partial<UpdateIntent>, ...names: string[]): UpdateIntent {
  const accounts = standing(...names);
  return { kind: "update", attributes: {}, addGroups: [], removeGroups: [], accounts, ...given };
}

const ana = makeAccountFacts("ana.ruiz", {
  displayName: "Ana Ruiz",
  attributes: { givenName: "Ana", familyName: "Ruiz", department: "Sales", externalId: "theirs" },
});

describe("onboarding", () => {
  test("a new person is created with their address and the person's id", () => {
    const [create, ...rest] = plan(hire());
    expect(rest).toEqual([]);
    expect(create).toMatchObject({
      kind: "create",
      state: "planned",
      label: "Ana Ruiz",
      risks: ["may-enrol"],
    });
    expect(create?.intent).toEqual({
      kind: "create",
      values: {
        givenName: "Ana",
        familyName: "Ruiz",
        department: "Legal",
        userName: "ana.ruiz@acme.example",
        externalId: "6f0c5a5e-3c58-4b1c-9a4e-0d6b0b6f6a11",
      },
    });
  });

  test("an existing person, by the address in any case, gets only what differs, and keeps their external id", () => {
    const accounts = [{ ...ana, userName: "Ana.RUIZ@acme.example" }];
    const operations = plan(hire(), { accounts });
    expect(operations.map(({ intent }) => intent)).toEqual([
      { kind: "update", changes: { department: "Legal" } },
    ]);
    expect(operations[0]?.diff).toEqual([
      { field: "department", label: "Department", before: "Sales", after: "Legal" },
    ]);
  });

  test("a person without an external id gets the given one, so that accounts stay joined", () => {
    const found = makeAccountFacts("ana.ruiz", { attributes: { department: "Sales" } });
    const [operation] = plan(hire({ attributes: { department: "Sales" } }), { accounts: [found] });
    expect(operation?.intent).toEqual({
      kind: "update",
      changes: { externalId: "6f0c5a5e-3c58-4b1c-9a4e-0d6b0b6f6a11" },
    });
  });

  test("a person with the same values is linked, and nothing is written", () => {
    const operations = plan(hire({ attributes: { department: "Sales" } }), { accounts: [ana] });
    expect(operations.map(({ kind }) => kind)).toEqual(["link"]);
  });

  test("an archived person is restored first, in a line of its own", () => {
    const operations = plan(hire(), { accounts: [{ ...ana, active: false }] });
    expect(operations.map(({ key, kind, dependsOn }) => [key, kind, dependsOn])).toEqual([
      ["restore", "restore", []],
      ["person", "update", ["restore"]],
    ]);
    expect(operations[0]?.risks).toContain("restores");
  });

  test("two people with the address, and one with a different name, need a decision", () => {
    const twin = { ...ana, resourceId: "id-twin" };
    expect(plan(hire(), { accounts: [ana, twin] })).toMatchObject([
      { kind: "link", state: "skipped", reason: "ambiguous-match" },
    ]);
    const other = makeAccountFacts("ana.ruiz", {
      displayName: "Bob Stone",
      attributes: { givenName: "Bob", familyName: "Stone" },
    });
    expect(plan(hire({ groups: ["Legal"] }), { accounts: [other] })).toMatchObject([
      { kind: "link", state: "skipped", reason: "different-person" },
    ]);
  });

  test.each([
    ["one part agrees", ["Ana Maria", "Ruiz"], "María Ruiz-Soto", true],
    ["accents and order do not count", ["José", "Müller"], "MULLER Jose", true],
    ["an initial is not a name", ["A", "Ruiz"], "A. Stone", false],
    ["names of one letter are names", ["李", "明"], "王 芳", false],
    ["the tenant tells no name", ["Ana", "Ruiz"], "", true],
  ] as const)("the same person? %s", (_why, [givenName, familyName], displayName, isSame) => {
    const found = makeAccountFacts("ana.ruiz", { displayName });
    const [first] = plan(hire({ attributes: { givenName, familyName } }), { accounts: [found] });
    expect(first?.reason).toBe(isSame ? null : "different-person");
  });

  test("an existing group is joined, a missing one is created first, one already joined is not changed", () => {
    const groups = [
      { resourceId: "g-staff", displayName: "All Staff" },
      { resourceId: "g-legal", displayName: "Legal" },
    ];
    const accounts = [{ ...ana, groupIds: ["g-staff"] }];
    const named = hire({ attributes: {}, groups: ["all staff", " LEGAL ", "New Hires"] });
    const [, ...operations] = plan(named, { accounts, groups });
    expect(operations.map(({ kind, resourceId, dependsOn }) => [kind, resourceId, dependsOn])).toEqual([
      ["members_add", "g-legal", []],
      ["group_create", null, []],
      ["members_add", null, ["group:group:new hires"]],
    ]);
  });

  test("a new person joins a group once both exist", () => {
    const [create, group, add] = plan(hire({ groups: ["New Hires"] }));
    expect(add?.dependsOn).toEqual([create?.key, group?.key]);
    expect(add?.intent).toMatchObject({ members: [{ operationKey: create?.key }] });
  });
});

describe("updating, offboarding and restoring", () => {
  test("an update writes only what differs; null clears; a person without differences has no line", () => {
    const bob = makeAccountFacts("bob", { attributes: { department: "Legal", title: "Clerk" } });
    const accounts = [ana, bob, makeAccountFacts("cy", { attributes: { department: "Legal" } })];
    const wanted = update({ attributes: { department: "Legal", title: null } }, "ana.ruiz", "bob", "cy");
    expect(plan(wanted, { accounts }).map(({ key, intent }) => [key, intent])).toEqual([
      ["update:id-ana.ruiz", { kind: "update", changes: { department: "Legal" } }],
      ["update:id-bob", { kind: "update", changes: { title: null } }],
    ]);
  });

  test("several accounts join one new group, which is created once, and leave their groups", () => {
    const groups = [{ resourceId: "g-old", displayName: "Old" }];
    const accounts = [makeAccountFacts("ana", { groupIds: ["g-old"] }), makeAccountFacts("bob")];
    const wanted = update({ addGroups: ["New"], removeGroups: ["Old", "Never Was"] }, "ana", "bob");
    const operations = plan(wanted, { accounts, groups });
    expect(operations.map(({ kind, label }) => [kind, label])).toEqual([
      ["group_create", "New"],
      ["members_add", "ana"],
      ["members_remove", "ana"],
      ["members_add", "bob"],
    ]);
    expect(new Set(operations.map(({ key }) => key)).size).toBe(operations.length);
  });

  test("offboarding archives active people, restoring restores archived ones", () => {
    const accounts = [makeAccountFacts("here"), makeAccountFacts("gone", { active: false })];
    const both = standing("here", "gone");
    expect(plan({ kind: "offboard", accounts: both }, { accounts })).toMatchObject([
      { kind: "archive", resourceId: "id-here", risks: ["archives"] },
    ]);
    expect(plan({ kind: "restore", accounts: both }, { accounts })).toMatchObject([
      { kind: "restore", resourceId: "id-gone", risks: ["restores", "may-enrol"] },
    ]);
  });

  test.each(["offboard", "restore"] as const)(
    "%s: a person who vanished has a line and is never written to",
    (kind) => {
      expect(plan({ kind, accounts: standing("nobody") })).toMatchObject([
        { state: "skipped", reason: "vanished" },
      ]);
    },
  );

  test("an update of a person who vanished neither writes nor creates a group for them", () => {
    expect(plan(update({ addGroups: ["New"] }, "nobody"))).toMatchObject([
      { kind: "link", state: "skipped", reason: "vanished" },
    ]);
  });
});

describe("the plan's hash", () => {
  const arbitraryValues = fc.dictionary(
    fc.constantFrom(...attributeKeys.filter((key) => key !== "userName" && key !== "externalId")),
    fc.string({ minLength: 1 }),
    { noNullPrototype: true },
  );

  test("is the same for the same intent and facts, whatever order the database returns keys in", () => {
    fc.assert(
      fc.property(arbitraryValues, arbitraryValues, fc.boolean(), (wanted, stored, isThere) => {
        const accounts = isThere ? [makeAccountFacts("ana.ruiz", { attributes: stored })] : [];
        const turned = [makeAccountFacts("ana.ruiz", { attributes: reversed(stored) })];
        const intent = hire({ attributes: wanted, groups: ["A", "B"] });
        const again = reversed(hire({ attributes: reversed(wanted), groups: ["A", "B"] }));
        const facts = makeTenantFacts({ accounts });
        const factsAgain = reversed(makeTenantFacts({ accounts: isThere ? turned : [] }));
        const hash = hashPlan(makePlan(intent, [facts], noOwners, largeFleet));
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
        expect(hashPlan(makePlan(again, [factsAgain], noOwners, largeFleet))).toBe(hash);
      }),
    );
  });

  test("differs when the directory, the mode or a rail changed", () => {
    const offboard: Intent = { kind: "offboard", accounts: standing("ana") };
    const accounts = [makeAccountFacts("ana")];
    const hashes = [
      { accounts },
      { accounts: [makeAccountFacts("ana", { active: false })] },
      { accounts, mode: "observe" as const },
      { accounts, lastDay: { archive: 10, restore: 0, members_remove: 0 } },
      { accounts, active: 0, rails: makeRails({ limits: limitsOf({ min: 0, share: 0 }) }) },
    ].map((facts) => hashPlan(makePlan(offboard, [makeTenantFacts(facts)], noOwners, largeFleet)));
    // The last two hold the same line for the same reason, so they are the same plan.
    expect(hashes[4]).toBe(hashes[3]);
    expect(new Set(hashes).size).toBe(4);
  });
});

test("a tenant whose facts were not read is a bug, not an empty plan", () => {
  expect(() => makePlan(hire(), [], noOwners, largeFleet)).toThrow("facts were not read");
});

function reversed<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T;
}
