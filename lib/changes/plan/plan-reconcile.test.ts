import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePlan } from "@/lib/changes/plan/plan";
import { hashPlan } from "@/lib/changes/plan/plan-hash";
import type { PlannedOperation, RosterFacts, TenantFacts } from "@/lib/changes/model/plan-types";
import type { DesiredAccount } from "@/lib/roster/model/types";
import { largeFleet, makeAccountFacts, makeTenantFacts, tenantIdOf } from "@/test/facts";
import { propertyRuns } from "@/test/run-length";
import { applyToModel, makeDesired, makeRoster, modelOf } from "@/test/roster-model";

const intent = { kind: "reconcile" as const, tenantIds: [tenantIdOf(1)] };

function planOf(facts: Partial<TenantFacts>) {
  const run = makePlan(intent, [makeTenantFacts(facts)], new Map(), largeFleet).runs[0];
  if (!run) throw new Error("No run was planned");
  return run;
}

/** The lines of a plan for these wanted people and these accounts. */
function linesOf(
  desired: readonly DesiredAccount[],
  accounts: TenantFacts["accounts"] = [],
  more: Partial<TenantFacts> & { roster?: RosterFacts } = {},
) {
  return planOf({ accounts, roster: makeRoster(desired), ...more }).operations;
}

const kindsOf = (operations: readonly PlannedOperation[]) => operations.map(({ kind }) => kind);

describe("the account of an entry", () => {
  const ana = makeAccountFacts("ana", { attributes: { department: "Legal", externalId: "e1" } });
  const wanted = makeDesired("ana", { values: { department: "Legal" } });

  test("the linked account first, then the external id, then the address", () => {
    const other = makeAccountFacts("bob", { attributes: { externalId: "e2" } });
    const byId = { ...wanted, resourceId: "id-bob", values: { externalId: "e1" } };
    expect(linesOf([byId], [other])).toMatchObject([{ kind: "update", resourceId: "id-bob" }]);
    const old = { userName: "old@acme.example", userNameKey: "old@acme.example" };
    const byExternalId = { ...wanted, ...old, values: { externalId: "e1" } };
    expect(linesOf([byExternalId], [ana, other])).toMatchObject([{ kind: "update", resourceId: "id-ana" }]);
    expect(linesOf([wanted], [ana, other])).toMatchObject([{ kind: "link", resourceId: "id-ana" }]);
  });

  test("two accounts with the address, or one of another person, need a decision", () => {
    expect(linesOf([wanted], [ana, { ...ana, resourceId: "twin" }])).toMatchObject([
      { state: "skipped", reason: "ambiguous-match" },
    ]);
    const owner = makeDesired("anna", { resourceId: "id-ana" });
    expect(linesOf([wanted, owner], [ana]).map(({ reason }) => reason)).toContain("different-person");
    const named = { ...wanted, values: { givenName: "Zoe", familyName: "Stone" } };
    expect(linesOf([named], [{ ...ana, displayName: "Ana Ruiz" }])).toMatchObject([
      { state: "skipped", reason: "different-person" },
    ]);
  });

  test("an address that another account has is not assigned to this one", () => {
    const linked = { ...wanted, resourceId: "id-bob" };
    expect(linesOf([linked], [ana, makeAccountFacts("bob")])).toMatchObject([
      { state: "skipped", reason: "ambiguous-match" },
    ]);
  });

  test("a linked account that vanished is reported and not recreated", () => {
    expect(linesOf([{ ...wanted, resourceId: "gone" }])).toMatchObject([
      { state: "skipped", reason: "vanished" },
    ]);
  });

  test("an account without an entry is counted and not changed", () => {
    const { operations, warnings } = planOf({ accounts: [ana], roster: makeRoster([]) });
    expect(operations).toEqual([]);
    expect(warnings).toEqual([{ tenantId: tenantIdOf(1), code: "orphans", count: 1 }]);
  });
});

describe("the plan for them", () => {
  const bob = makeAccountFacts("bob", { attributes: { department: "Sales", externalId: "theirs" } });
  const linked = { resourceId: "id-bob" };

  test("writes only what differs, and never replaces another source's external id", () => {
    const wanted = makeDesired("bob", { ...linked, values: { department: "Legal", externalId: "ours" } });
    expect(linesOf([wanted], [bob])).toMatchObject([
      { kind: "update", intent: { changes: { department: "Legal" } }, why: wanted.why },
    ]);
    expect(linesOf([{ ...wanted, values: { department: " Sales" } }], [bob])).toEqual([]);
  });

  test("writes a new address to the same account, and names the risk", () => {
    const wanted = makeDesired("robert", linked);
    expect(linesOf([wanted], [bob])).toMatchObject([
      {
        kind: "update",
        target: "robert@acme.example",
        intent: { changes: { userName: "robert@acme.example" } },
        risks: ["address-changes", "loses-aliases"],
      },
    ]);
  });

  test("restores and then updates an archived person who is wanted", () => {
    const wanted = makeDesired("bob", { ...linked, values: { department: "Legal" } });
    const lines = linesOf([wanted], [{ ...bob, active: false }]);
    expect(lines.map(({ key, dependsOn }) => [key, dependsOn])).toEqual([
      ["restore:bob@acme.example", []],
      ["update:bob@acme.example", ["restore:bob@acme.example"]],
    ]);
  });

  test("archives people who leave while they are active, and creates nobody only to archive them", () => {
    const leaving = makeDesired("bob", { ...linked, active: false, leaving: "left" });
    expect(kindsOf(linesOf([leaving], [bob]))).toEqual(["archive"]);
    expect(linesOf([leaving], [{ ...bob, active: false }])).toEqual([]);
    expect(linesOf([{ ...leaving, resourceId: null }])).toEqual([]);
  });

  test("has no line for excluded people", () => {
    const roster = makeRoster([makeDesired("bob", { active: false, leaving: "left" })], {
      excluded: new Set(["bob@acme.example"]),
    });
    expect(linesOf([], [bob], { roster })).toEqual([]);
  });

  test("names the risks of a create", () => {
    const wanted = makeDesired("ana", { values: { userPrincipalName: "a.ruiz@acme.example" } });
    const [create] = linesOf([wanted], [], { elsewhere: new Set(["ana@acme.example"]) });
    expect(create?.risks).toEqual(["may-enrol", "other-tenant-address", "principal-differs"]);
  });
});

describe("groups", () => {
  const groups = [{ resourceId: "g-legal", displayName: "Legal" }];

  test("are created only with members, joined in blocks of at most a hundred, new people separately", () => {
    const standing = Array.from({ length: 150 }, (_, index) => makeAccountFacts(`p${index}`));
    const desired = [
      ...standing.map(({ resourceId }, index) =>
        makeDesired(`p${index}`, { resourceId, groups: ["Legal", "New"] }),
      ),
      makeDesired("zoe", { groups: ["new "] }),
    ];
    const lines = linesOf(desired, standing, { groups });
    const sizes = lines.flatMap(({ intent: done }) => ("members" in done ? [done.members.length] : []));
    expect(kindsOf(lines)).toEqual([
      "create",
      "group_create",
      ...Array.from({ length: 5 }, () => "members_add"),
    ]);
    expect(sizes).toEqual([100, 50, 100, 50, 1]);
    expect(lines.at(-1)?.dependsOn).toEqual(["create:zoe@acme.example", "group:group:new"]);
  });

  test("lose members only where the policy decides them, and only people of the roster", () => {
    const inBoth = { groupIds: ["g-legal", "g-fun"] };
    const accounts = [makeAccountFacts("ana", inBoth), makeAccountFacts("orphan", inBoth)];
    const all = [...groups, { resourceId: "g-fun", displayName: "Fun" }];
    const roster = makeRoster([makeDesired("ana", { resourceId: "id-ana" })], {
      managedGroups: new Set(["legal"]),
    });
    expect(linesOf([], accounts, { groups: all, roster })).toMatchObject([
      { kind: "members_remove", target: "Legal", intent: { members: [{ resourceId: "id-ana" }] } },
    ]);
  });

  test("a member whose own line is held or refused waits or is left out, and the block's other members stay", () => {
    const desired = ["ana", "bob", "cy"].map((name) => makeDesired(name, { groups: ["New"] }));
    desired.push(
      makeDesired("dan", {
        userName: "dan@other.example",
        userNameKey: "dan@other.example",
        groups: ["New"],
      }),
    );
    const facts = makeTenantFacts();
    const lines = linesOf(desired, [], { active: 98, rails: { ...facts.rails, seats: 100 } });
    expect(
      lines.map(({ kind, state, reason, dependsOn }) => [kind, state, reason, dependsOn.length]),
    ).toEqual([
      ["create", "planned", null, 0],
      ["create", "planned", null, 0],
      ["create", "held", "seats-held", 0],
      ["create", "skipped", "domain-not-allowed", 0],
      ["group_create", "planned", null, 0],
      ["members_add", "planned", null, 3],
      ["members_add", "held", "seats-held", 2],
      ["members_add", "skipped", "dependency-failed", 2],
    ]);
  });
});

test("managers are created before the people they manage, and a cycle of managers ends", () => {
  const people: [string, string | null][] = [
    ["ana", "bob"],
    ["bob", "cy"],
    ["cy", null],
    ["dan", "eve"],
    ["eve", "dan"],
    ["fay", "fay"],
  ];
  const desired = people.map(([name, manager]) =>
    makeDesired(name, { values: manager ? { manager: `${manager}@ACME.example` } : {} }),
  );
  const order = linesOf(desired).map(({ label }) => label.split("@")[0]);
  expect(order).toEqual(["cy", "bob", "ana", "eve", "dan", "fay"]);
});

describe("for every roster and directory", () => {
  test("the plan is reproducible; once applied it leaves nothing to plan; no archive is without a reason", () => {
    fc.assert(
      fc.property(modelOf(), (model) => {
        const before = planOf(model);
        const plan = makePlan(intent, [makeTenantFacts(model)], new Map(), largeFleet);
        const again = makePlan(intent, [makeTenantFacts(structuredClone(model))], new Map(), largeFleet);
        expect(hashPlan(again)).toBe(hashPlan(plan));
        const leaving = new Map(
          model.roster.desired.accounts.map((each) => [each.userNameKey, each.leaving]),
        );
        for (const { kind, key } of before.operations) {
          if (kind === "archive") expect(leaving.get(key.slice("archive:".length))).not.toBeNull();
        }
        const after = planOf(applyToModel(model, before));
        expect(after.operations.filter(({ state }) => state !== "skipped")).toEqual([]);
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  test("every line follows those it depends on, archives first and members last", () => {
    const ranks = [
      "archive",
      "restore",
      "create",
      "update",
      "link",
      "group_create",
      "members_remove",
      "members_add",
    ];
    fc.assert(
      fc.property(modelOf(), (model) => {
        const lines = planOf(model).operations.filter(({ reason }) => reason === null);
        const places = new Map(lines.map(({ key }, place) => [key, place]));
        for (const [place, { dependsOn }] of lines.entries())
          for (const key of dependsOn) expect(places.get(key)).toBeLessThan(place);
        const order = lines.map(({ kind }) => ranks.indexOf(kind));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});
