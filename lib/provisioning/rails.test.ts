import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Intent } from "@/lib/provisioning/intent";
import { makePlan } from "@/lib/provisioning/plan";
import type { TenantFacts } from "@/lib/provisioning/plan-types";
import { refusalOf } from "@/lib/provisioning/rails";
import { makeAccountFacts, makeTenantFacts, tenantIdOf } from "@/test/facts";

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

function offboard(count: number): { intent: Intent; accounts: TenantFacts["accounts"] } {
  const accounts = Array.from({ length: count }, (_, index) => makeAccountFacts(`p${index}`));
  const named = accounts.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
  return { intent: { kind: "offboard", accounts: named }, accounts };
}

function linesOf(intent: Intent, facts: Partial<TenantFacts>) {
  const run = makePlan(intent, [makeTenantFacts(facts)], owners).runs[0];
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
  test("is refused with the tenant named that has it, and nobody's group is created for it", () => {
    const { lines } = linesOf(hire("ana@Contoso.example", ["New"]), {});
    expect(lines.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ["create", "skipped", "domain-not-allowed"],
      ["group_create", "skipped", "dependency-failed"],
      ["members_add", "skipped", "dependency-failed"],
    ]);
    expect(lines[0]).toMatchObject({ why: "contoso.example belongs to Contoso" });
    expect(lines[0]?.risks).toContain("other-tenant-domain");
  });

  test("is refused when nobody has it", () => {
    const { lines } = linesOf(hire("ana@gmail.example"), {});
    expect(lines).toMatchObject([{ reason: "domain-not-allowed", risks: ["may-enrol"] }]);
    expect(lines[0]?.why).toContain("acme.example");
  });

  test("a tenant that lists none takes any domain but another tenant's", () => {
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
      archivedLastDay: fc.integer({ min: 0, max: 20 }),
      archiveHoldMin: fc.integer({ min: 0, max: 20 }),
      percent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(facts, ({ count, percent, ...given }) => {
        const { intent, accounts } = offboard(count);
        const archiveHoldShare = percent / 100;
        const { lines } = linesOf(intent, { ...given, archiveHoldShare, accounts });
        const limit = Math.max(given.archiveHoldMin, Math.floor(given.active * archiveHoldShare));
        const isHeld = count + given.archivedLastDay > limit;
        expect(new Set(lines.map(({ state }) => state))).toEqual(new Set([isHeld ? "held" : "planned"]));
        expect(lines[0]?.reason).toBe(isHeld ? "held-by-threshold" : null);
      }),
    );
  });

  test("a slow drip is held too: four today and one more of forty", () => {
    const { intent, accounts } = offboard(1);
    expect(linesOf(intent, { accounts, active: 40, archivedLastDay: 3 }).lines).toMatchObject([
      { state: "planned" },
    ]);
    expect(linesOf(intent, { accounts, active: 40, archivedLastDay: 4 }).lines).toMatchObject([
      { state: "held" },
    ]);
  });

  test("somebody who vanished is refused and does not count, and the lines beside stay as they are", () => {
    const { intent, accounts } = offboard(4);
    const { lines } = linesOf(intent, { accounts: accounts.slice(1), active: 10, archiveHoldMin: 3 });
    expect(lines.map(({ state }) => state)).toEqual(["skipped", "planned", "planned", "planned"]);
  });

  test("a tenant over its limit holds nothing of another", () => {
    const { intent, accounts } = offboard(5);
    const other = makeTenantFacts({ id: tenantIdOf(2), name: "Other", accounts: [makeAccountFacts("p0")] });
    const both = {
      ...intent,
      accounts: [
        ...intent.accounts,
        { tenantId: tenantIdOf(2), resourceId: "id-p0", userName: "p0@acme.example" },
      ],
    } as Intent;
    const { runs } = makePlan(both, [makeTenantFacts({ accounts, active: 5 }), other], owners);
    expect(runs.map(({ operations }) => operations[0]?.state)).toEqual(["held", "planned"]);
  });
});
