import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Intent } from "@/lib/changes/model/intent";
import { makePlan } from "@/lib/changes/plan/plan";
import type {
  AccountFacts,
  FleetFacts,
  Guard,
  TenantFacts,
  TenantRails,
} from "@/lib/changes/model/plan-types";
import { refusalOf } from "@/lib/changes/rails/rails";
import type { DesiredAccount } from "@/lib/roster/model/types";
import { makeDesired, makeRoster, modelOf } from "@/test/roster-model";
import { largeFleet, limitsOf, makeAccountFacts, makeRails, makeTenantFacts, tenantIdOf } from "@/test/facts";

const tenantId = tenantIdOf(1);
const owners = new Map([
  ["acme.example", "Acme"],
  ["contoso.example", "Contoso"],
]);

function hire(userName: string, groups: string[] = []): Intent {
  return {
    kind: "onboard",
    personId: "6f0c5a5e-3c58-4b1c-9a4e-0d6b0b6f6a11",
    attributes: {},
    groups,
    accounts: [{ tenantId, userName }],
  };
}

function offboard(count: number): {
  intent: Extract<Intent, { kind: "offboard" }>;
  accounts: TenantFacts["accounts"];
} {
  const accounts = Array.from({ length: count }, (_, index) => makeAccountFacts(`p${index}`));
  const named = accounts.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
  return { intent: { kind: "offboard", accounts: named }, accounts };
}

function archivedToday(archive: number) {
  return { archive, restore: 0, members_remove: 0 };
}

function linesOf(intent: Intent, facts: Partial<TenantFacts>) {
  const run = makePlan(intent, [makeTenantFacts(facts)], owners, largeFleet).runs[0];
  return { refusal: run?.refusal, lines: run?.operations ?? [] };
}

describe("a tenant that may not be written to", () => {
  test.each([
    ["observe", { mode: "observe" as const }, "tenant-observed"],
    ["disconnected", { state: "disconnected" }, "tenant-disconnected"],
    ["never read", { readAt: null }, "directory-unread"],
  ])("%s: every line is refused and says so", (_name, facts, reason) => {
    const { refusal, lines } = linesOf(hire("ana@acme.example", ["New"]), facts);
    expect(refusal).toBe(reason);
    expect(lines.map(({ state, reason: why }) => [state, why])).toEqual(lines.map(() => ["skipped", reason]));
    expect(lines).toHaveLength(3);
  });

  test("any other may be", () => {
    expect(refusalOf(makeTenantFacts({ mode: "mixed", state: "quarantined" }))).toBeNull();
  });
});

describe("another domain than the tenant's", () => {
  test("is refused with the name of the tenant that has it, and no group is created for it", () => {
    const { lines } = linesOf(hire("ana@Contoso.example", ["New"]), {});
    expect(lines.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ["create", "skipped", "domain-not-allowed"],
      ["group_create", "skipped", "dependency-failed"],
      ["members_add", "skipped", "dependency-failed"],
    ]);
    expect(lines[0]).toMatchObject({ why: "contoso.example belongs to Contoso" });
    expect(lines[0]?.risks).toContain("other-tenant-domain");
  });

  test("is refused when no tenant has it", () => {
    const { lines } = linesOf(hire("ana@gmail.example"), {});
    expect(lines).toMatchObject([{ reason: "domain-not-allowed", risks: ["may-enrol"] }]);
    expect(lines[0]?.why).toContain("acme.example");
  });

  test("a tenant without domains accepts any domain except another tenant's", () => {
    expect(linesOf(hire("ana@gmail.example"), { domains: [] }).lines).toMatchObject([{ state: "planned" }]);
    expect(linesOf(hire("ana@contoso.example"), { domains: [] }).lines).toMatchObject([
      { state: "skipped", reason: "domain-not-allowed" },
    ]);
  });
});

describe("archives over the limit", () => {
  test("all are held above max(min, share of the active) with those of the last day, and none at it", () => {
    const facts = fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      active: fc.integer({ min: 0, max: 500 }),
      today: fc.integer({ min: 0, max: 20 }),
      min: fc.integer({ min: 0, max: 20 }),
      percent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(facts, ({ count, active, today, min, percent }) => {
        const { intent, accounts } = offboard(count);
        const rails = makeRails({ limits: limitsOf({ min, share: percent / 100 }) });
        const { lines } = linesOf(intent, { active, rails, lastDay: archivedToday(today), accounts });
        const limit = Math.max(min, Math.floor(active * (percent / 100)));
        const isHeld = count + today > limit;
        expect(new Set(lines.map(({ state }) => state))).toEqual(new Set([isHeld ? "held" : "planned"]));
        expect(lines[0]?.reason).toBe(isHeld ? "held-by-threshold" : null);
      }),
    );
  });

  test("slow archiving is held too: four today and one more of forty", () => {
    const { intent, accounts } = offboard(1);
    expect(linesOf(intent, { accounts, active: 40, lastDay: archivedToday(3) }).lines).toMatchObject([
      { state: "planned" },
    ]);
    expect(linesOf(intent, { accounts, active: 40, lastDay: archivedToday(4) }).lines).toMatchObject([
      { state: "held" },
    ]);
  });

  test("a person who vanished is refused and does not count, and the lines beside stay", () => {
    const { intent, accounts } = offboard(4);
    const { lines } = linesOf(intent, { accounts: accounts.slice(1), active: 10 });
    expect(lines.map(({ state }) => state)).toEqual(["skipped", "planned", "planned", "planned"]);
  });

  test("a tenant over its limit holds no other tenant's lines", () => {
    const { intent, accounts } = offboard(5);
    const other = makeTenantFacts({ id: tenantIdOf(2), name: "Other", accounts: [makeAccountFacts("p0")] });
    const both: Intent = {
      ...intent,
      accounts: [
        ...intent.accounts,
        { tenantId: tenantIdOf(2), resourceId: "id-p0", userName: "p0@acme.example" },
      ],
    };
    const { runs } = makePlan(both, [makeTenantFacts({ accounts, active: 5 }), other], owners, largeFleet);
    expect(runs.map(({ operations }) => operations[0]?.state)).toEqual(["held", "planned"]);
  });
});

describe("other daily limits", () => {
  const roster = (count: number, given: Partial<DesiredAccount>) =>
    Array.from({ length: count }, (_, index) =>
      makeDesired(`p${index}`, { resourceId: `id-p${index}`, ...given }),
    );
  const people = (count: number, given: Partial<AccountFacts>) =>
    Array.from({ length: count }, (_, index) => makeAccountFacts(`p${index}`, given));

  function reconcile(facts: Partial<TenantFacts>, fleet: FleetFacts = largeFleet) {
    const run = makePlan(
      { kind: "reconcile", tenantIds: [tenantId] },
      [makeTenantFacts({ active: 10, ...facts })],
      owners,
      fleet,
    ).runs[0];
    return (run?.operations ?? []).map(({ kind, state, reason }) => [kind, state, reason]);
  }

  test("restores are held above their limit, with the updates that depend on them", () => {
    const facts = (count: number) => ({
      accounts: people(count, { active: false }),
      roster: makeRoster(roster(count, { values: { title: "Clerk" } })),
    });
    expect(new Set(reconcile(facts(3)).map(([, state]) => state))).toEqual(new Set(["planned"]));
    expect(new Set(reconcile(facts(4)).map(String))).toEqual(
      new Set(["restore,held,restores-held", "update,held,restores-held"]),
    );
  });

  test("removed members are counted as people and not as lines", () => {
    const facts = (count: number) => ({
      accounts: people(count, { groupIds: ["g"] }),
      groups: [{ resourceId: "g", displayName: "Legal" }],
      roster: makeRoster(roster(count, {}), { managedGroups: new Set(["legal"]) }),
    });
    expect(reconcile(facts(3))).toEqual([["members_remove", "planned", null]]);
    expect(reconcile(facts(4))).toEqual([["members_remove", "held", "removals-held"]]);
  });

  test("the fleet's limit holds what each tenant alone would allow", () => {
    const leaving = roster(2, { active: false, leaving: "left" });
    const facts = { accounts: people(2, {}), roster: makeRoster(leaving) };
    const fleet = { active: 20, lastDay: archivedToday(1), limit: { min: 3, share: 0.1 } };
    expect(reconcile(facts, fleet)).toEqual([
      ["archive", "planned", null],
      ["archive", "planned", null],
    ]);
    expect(reconcile(facts, { ...fleet, lastDay: archivedToday(2) })).toEqual([
      ["archive", "held", "held-by-fleet"],
      ["archive", "held", "held-by-fleet"],
    ]);
  });

  test.each([
    ["shrank by a fifth", { mark: "complete", entries: 8, previous: 10 }, "held", "source-shrunk"],
    ["shrank by less", { mark: "complete", entries: 9, previous: 10 }, "planned", null],
    ["is empty", { mark: "complete", entries: 0, previous: 10 }, "skipped", "source-empty"],
    ["lacks rows", { mark: "incomplete", entries: 10, previous: 10 }, "skipped", "source-incomplete"],
  ] as const)("a source that %s: who is absent from it, and nobody else", (_name, listing, state, reason) => {
    const accounts = people(2, {});
    const [absent, left] = roster(2, { active: false, leaving: "absent" });
    if (!absent || !left) throw new Error("Nobody leaves");
    const desired = [absent, { ...left, leaving: "left" as const }];
    const facts = { accounts, roster: makeRoster(desired, { listing: { source: "csv", ...listing } }) };
    expect(reconcile(facts)).toEqual([
      ["archive", state, reason],
      ["archive", "planned", null],
    ]);
  });

  test("a line that another change holds is not held again", () => {
    const heldElsewhere = new Set(offboard(4).accounts.map(({ userName }) => `archive user:${userName}`));
    const desired = roster(4, { active: false, leaving: "left" });
    const facts = { accounts: people(4, {}), roster: makeRoster(desired, { heldElsewhere }) };
    expect(new Set(reconcile(facts).map(String))).toEqual(new Set(["archive,skipped,held-by-threshold"]));
  });
});

describe("guarded people, protected attributes and switches", () => {
  const guards = new Map<string, Guard[]>([
    ["p0@acme.example", ["protected"]],
    ["p1@acme.example", ["admin"]],
    ["p2@acme.example", ["excluded"]],
  ]);

  test("hold, refuse and skip one person each, and the others continue", () => {
    const { intent, accounts } = offboard(4);
    expect(linesOf(intent, { accounts, guards }).lines.map(({ state, reason }) => [state, reason])).toEqual([
      ["held", "protected-person"],
      ["skipped", "admin-cannot-archive"],
      ["skipped", "excluded-person"],
      ["planned", null],
    ]);
  });

  test("whose guard was removed lately is held where others are archived, and nothing else of theirs is", () => {
    const { intent, accounts } = offboard(2);
    const unguarded = new Set(["p0@acme.example"]);
    const stateOf = (each: Intent) =>
      linesOf(each, { accounts, unguarded }).lines.map(({ state, reason }) => [state, reason]);
    expect(stateOf(intent)).toEqual([
      ["held", "guard-removed"],
      ["planned", null],
    ]);
    const update = { attributes: { title: "Clerk" }, addGroups: [], removeGroups: [] };
    const named = accounts.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
    expect(stateOf({ kind: "update", ...update, accounts: named })).toEqual([
      ["planned", null],
      ["planned", null],
    ]);
  });

  test("an excluded person is removed from a block of members", () => {
    const accounts = offboard(4).accounts;
    const desired = accounts.map(({ resourceId }, index) =>
      makeDesired(`p${index}`, { resourceId, groups: ["Legal"] }),
    );
    const facts = {
      accounts,
      guards,
      groups: [{ resourceId: "g", displayName: "Legal" }],
      roster: makeRoster(desired),
    };
    const plan = makePlan(
      { kind: "reconcile", tenantIds: [tenantId] },
      [makeTenantFacts(facts)],
      owners,
      largeFleet,
    );
    const [add] = plan.runs[0]?.operations ?? [];
    expect(add?.intent).toMatchObject({
      members: ["id-p0", "id-p1", "id-p3"].map((resourceId) => ({ resourceId })),
    });
    expect(add?.diff).toHaveLength(3);
  });

  test("no change writes a protected attribute, and the line says so", () => {
    const accounts = [makeAccountFacts("p0")];
    const intent: Intent = {
      kind: "update",
      attributes: { title: "Clerk", department: "Legal" },
      addGroups: [],
      removeGroups: [],
      accounts: [{ tenantId, resourceId: "id-p0", userName: "p0@acme.example" }],
    };
    expect(linesOf(intent, { accounts, protectedKeys: new Set(["department"]) }).lines).toMatchObject([
      { state: "planned", intent: { changes: { title: "Clerk" } }, risks: ["protected-attribute"] },
    ]);
    const all = new Set(["department", "title"] as const);
    expect(linesOf(intent, { accounts, protectedKeys: all }).lines).toMatchObject([{ state: "skipped" }]);
  });

  test("a disabled switch refuses its kind and no other", () => {
    const accounts = [
      makeAccountFacts("p0"),
      makeAccountFacts("p1"),
      makeAccountFacts("p2", { active: false }),
    ];
    const desired = [
      makeDesired("p0", { resourceId: "id-p0", active: false, leaving: "left" }),
      makeDesired("p1", { resourceId: "id-p1", values: { title: "Clerk" } }),
      makeDesired("p2", { resourceId: "id-p2" }),
      makeDesired("new"),
    ];
    const refusedBy = (rails: Partial<TenantRails>) =>
      makePlan(
        { kind: "reconcile", tenantIds: [tenantId] },
        [makeTenantFacts({ accounts, roster: makeRoster(desired), rails: makeRails(rails) })],
        owners,
        largeFleet,
      ).runs[0]?.operations.flatMap(({ kind, reason }) => (reason === "switched-off" ? [kind] : []));
    expect(refusedBy({})).toEqual([]);
    expect(refusedBy({ allowCreate: false })).toEqual(["create"]);
    expect(refusedBy({ allowUpdate: false })).toEqual(["restore", "update"]);
    expect(refusedBy({ allowArchive: false })).toEqual(["archive"]);
  });
});

test("a held line holds nothing but itself and its dependents", () => {
  fc.assert(
    fc.property(modelOf(), fc.integer({ min: 0, max: 6 }), (model, seats) => {
      const linesWith = (rails: TenantRails) =>
        makePlan(
          { kind: "reconcile", tenantIds: [tenantId] },
          [makeTenantFacts({ ...model, active: 0, rails })],
          owners,
          largeFleet,
        ).runs[0]?.operations ?? [];
      const free = linesWith(model.rails);
      const limits = limitsOf({ min: 0, share: 0 });
      const held = linesWith({ ...model.rails, limits, seats });
      const isGuarded = (kind: string) => ["archive", "restore", "create", "members_remove"].includes(kind);
      const heldKeys = new Set(held.filter(({ state }) => state === "held").map(({ key }) => key));
      for (const line of held) {
        if (line.state !== "held" || isGuarded(line.kind)) continue;
        const waits =
          line.dependsOn.some((key) => heldKeys.has(key)) ||
          held.some(({ state, dependsOn }) => state === "held" && dependsOn.includes(line.key));
        expect(waits).toBe(true);
      }
      const people = (lines: typeof held) =>
        lines.flatMap(({ intent }) =>
          "members" in intent ? intent.members.map((m) => JSON.stringify(m)) : [],
        );
      expect(people(held).sort()).toEqual(people(free).sort());
    }),
  );
});
