import { describe, expect, test } from "vitest";
import { toGettingStarted } from "@/components/home/getting-started";
import { toChangeNeeds, toDriftNeeds, toTenantNeeds } from "@/components/home/needs";
import { codesCuredBy } from "@/lib/knowbe4/cured-by";
import { countStates, standingOf } from "@/lib/changes/model/states";
import type { ChangeRow } from "@/lib/changes/types";
import type { TenantSummary } from "@/lib/tenants/types";

const now = new Date("2026-11-21T10:00:00Z");
const later = new Date("2026-11-21T10:05:00Z");

function tenant(given: Partial<TenantSummary>): TenantSummary {
  return {
    id: "t1",
    name: "Contoso Legal",
    mode: "source",
    state: "healthy",
    reason: null,
    reasonAt: null,
    cooldownTo: null,
    domains: [],
    testMode: false,
    users: 10,
    active: 9,
    groups: 1,
    readAt: now,
    lastReadState: "complete",
    lastReadReason: null,
    lastConfirmedAt: null,
    unconfirmed: 0,
    open: 0,
    ...given,
  };
}

describe("a tenant that needs a person is listed with its remedy", () => {
  test("a rejected token leads to the form that replaces it, and says which operations wait", () => {
    const rejected = tenant({ state: "quarantined", reason: "token-rejected", open: 14 });
    const [need] = toTenantNeeds([rejected], now, true);
    expect(need?.fix).toEqual({ label: "Replace token", href: "/tenants/t1?tab=connection#replace-token" });
    expect(need?.text).toBe("The token is rejected. 14 operations wait and will not be lost.");
    expect(need?.word).toMatchObject({ kind: "failed", word: "Needs a token" });
  });

  test.each(codesCuredBy("new-token"))(
    "a tenant with %s leads to the form that replaces the token",
    (reason) => {
      const [need] = toTenantNeeds([tenant({ state: "quarantined", reason })], now, true);
      expect(need?.fix.label).toBe("Replace token");
    },
  );

  test("an operator who may not fix it is led to the cause", () => {
    const troubled = [
      tenant({ state: "quarantined", reason: "no-token" }),
      tenant({ lastReadState: "failed" }),
    ];
    const labels = toTenantNeeds(troubled, now, false).map(({ fix }) => fix.label);
    expect(labels).toEqual(["See the cause", "See the cause"]);
  });

  test.each<[string, Partial<TenantSummary>]>([
    ["Quarantined", { state: "quarantined", reason: "tls" }],
    ["Unreachable", { cooldownTo: later, reason: "tenant-unreachable" }],
    ["Read failed", { lastReadState: "failed", lastReadReason: "incomplete-listing" }],
    ["Not applied", { testMode: true, unconfirmed: 3 }],
  ])("%s", (word, given) => {
    expect(toTenantNeeds([tenant(given)], now, true)[0]?.word.word).toBe(word);
  });

  test.each<[string, Partial<TenantSummary>]>([
    ["healthy", {}],
    ["paused by somebody", { state: "paused", lastReadState: "failed" }],
    ["being connected", { state: "connecting" }],
    ["disconnected", { state: "disconnected", lastReadState: "failed" }],
    ["asked to go slower", { cooldownTo: later, reason: "rate-limited" }],
    ["observed, whatever its Test Mode", { mode: "observe", testMode: true, unconfirmed: 3 }],
  ])("%s needs nobody", (_words, given) => {
    expect(toTenantNeeds([tenant(given)], now, true)).toEqual([]);
  });
});

function change(
  state: ChangeRow["state"],
  counts: Record<string, number>,
  pausedAt: Date | null = null,
): ChangeRow {
  const counted = countStates(Object.entries(counts).map(([each, count]) => ({ state: each, count })));
  return {
    id: "c1",
    number: 1042,
    kind: "offboard",
    title: "Offboard Dana Whitfield",
    state,
    standing: standingOf(state, counted, pausedAt),
    requestedBy: "Marek Zielinski",
    requestedAt: now,
    ticket: null,
    tenants: 1,
    counts: counted,
    unrepaired: counted.failed,
    expiresAt: later,
    scheduledAt: null,
    pausedAt,
    parentNumber: null,
  };
}

test("values that somebody else changed need a person, and the row leads to the decision", () => {
  const [need] = toDriftNeeds([{ tenantId: "t1", tenantName: "Contoso Legal", values: 2, since: now }]);
  expect(need?.text).toBe("2 values were changed outside Rollcall and wait for a decision.");
  expect(need?.fix).toEqual({ label: "Decide", href: "/tenants/t1?tab=drift" });
});

describe("a change that needs a person", () => {
  test.each<[string, ChangeRow, string]>([
    [
      "Plan ready",
      change("ready", { planned: 2 }),
      "Marek Zielinski planned 2 operations. Nothing is sent yet.",
    ],
    [
      "Held",
      change("done", { confirmed: 2, held: 1 }),
      "1 operation is held until another operator approves.",
    ],
    ["Plan ready", change("ready", { held: 4 }), "4 operations are held until another operator approves."],
    ["Failed", change("failed", { failed: 3 }), "3 operations failed."],
    [
      "Failed",
      { ...change("planning", {}), standing: "failed" },
      "The plan could not be made. Nothing was sent.",
    ],
    [
      "Paused",
      change("applying", { queued: 2, confirmed: 1 }, now),
      "2 operations wait until somebody resumes the change.",
    ],
  ])("%s", (word, given, text) => {
    const [need] = toChangeNeeds([given]);
    expect(need?.word.word).toBe(word);
    expect(need?.text).toBe(text);
    expect(need?.name).toBe("CHG-1042 Offboard Dana Whitfield");
  });

  test("is none that runs, is done, was cancelled or has expired", () => {
    const quiet = [
      change("applying", { queued: 1 }),
      change("scheduled", { planned: 1 }),
      change("done", { confirmed: 1 }),
      change("cancelled", { held: 1, cancelled: 1 }),
      change("expired", { planned: 1, held: 1 }),
    ];
    expect(toChangeNeeds(quiet)).toEqual([]);
  });

  test("is no longer one whose failures were repaired", () => {
    expect(toChangeNeeds([{ ...change("failed", { failed: 3 }), unrepaired: 0 }])).toEqual([]);
  });

  test("is one with a failure while the rest of it is applied", () => {
    const [need] = toChangeNeeds([change("applying", { failed: 1, queued: 5 })]);
    expect(need?.word.word).toBe("Failed");
    expect(need?.text).toBe("1 operation failed. The rest is being applied.");
  });
});

describe("the first steps", () => {
  test("begin with a tenant, and only the first that is open is the current one", () => {
    const states = toGettingStarted({ tenants: [], owners: 1 }).map(({ state }) => state);
    expect(states).toEqual(["current", "todo", "todo", "todo", "todo"]);
  });

  test("are found out from what is there", () => {
    const tenants = [tenant({ mode: "mixed", lastConfirmedAt: now })];
    const items = toGettingStarted({ tenants, owners: 2 });
    expect(items.every(({ state, href }) => state === "done" && href === undefined)).toBe(true);
  });

  test("do not mention owners to operators who may not see them", () => {
    const labels = toGettingStarted({ tenants: [], owners: null }).map(({ label }) => label);
    expect(labels).not.toContain("Add a second owner");
  });

  test("do not count a tenant that was disconnected", () => {
    const gone = tenant({ state: "disconnected", lastConfirmedAt: now });
    expect(toGettingStarted({ tenants: [gone], owners: 2 })[0]?.state).toBe("current");
  });
});
