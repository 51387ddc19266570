import { describe, expect, test } from "vitest";
import { makePlan } from "@/lib/changes/plan/plan";
import type { PastOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { largeFleet, makeAccountFacts, makeTenantFacts, tenantIdOf } from "@/test/facts";

const changeId = "00000000-0000-4000-8000-0000000000c1";

function planOf(kind: "undo" | "retry", past: PastOperation[], facts: Partial<TenantFacts> = {}) {
  const intent = { kind, changeId, tenantIds: [tenantIdOf(1)] };
  const tenant = makeTenantFacts({ past, ...facts });
  return makePlan(intent, [tenant], new Map(), largeFleet).runs[0]?.operations ?? [];
}

let made = 0;
function past(intent: PastOperation["intent"], given: Partial<PastOperation> = {}): PastOperation {
  made += 1;
  const name = { id: `op-${made}`, target: "ana@acme.example", label: "Ana", resourceId: "id-ana" };
  return { state: "confirmed", reason: null, intent, diff: [], ...name, ...given };
}

const ana = makeAccountFacts("ana", {
  displayName: "Ana",
  attributes: { department: "Legal", title: "Clerk" },
});
const away = { ...ana, active: false };
const legal = { resourceId: "g-legal", displayName: "Legal" };

describe("undoing", () => {
  test.each([
    ["a create archives", { kind: "create", values: {} }, ana, "archive"],
    ["an archive restores", { kind: "archive" }, away, "restore"],
    ["a restore archives", { kind: "restore" }, ana, "archive"],
  ] as const)("%s, once", (_name, intent, account, kind) => {
    expect(planOf("undo", [past(intent)], { accounts: [account] })).toMatchObject([
      { kind, state: "planned" },
    ]);
    const undone = { ...account, active: !account.active };
    expect(planOf("undo", [past(intent)], { accounts: [undone] })).toEqual([]);
  });

  test("a group, a link and an operation that was not done leave nothing to undo", () => {
    const done = [
      past({ kind: "link" }),
      past({ kind: "group_create", displayName: "Legal" }, { resourceId: "g-legal" }),
    ];
    const undone = (["failed", "skipped"] as const).map((state) => past({ kind: "archive" }, { state }));
    expect(planOf("undo", [...done, ...undone], { accounts: [away], groups: [legal] })).toEqual([]);
  });

  test("an update is reverted value by value, except values that others set since", () => {
    const update = past(
      { kind: "update", changes: { department: "Legal", title: "Partner", division: null } },
      {
        diff: [
          { field: "department", label: "Department", before: "Sales", after: "Legal" },
          { field: "title", label: "Job title", before: "Trainee", after: "Partner" },
          { field: "division", label: "Division", before: null, after: null },
        ],
      },
    );
    expect(planOf("undo", [update], { accounts: [ana] })).toMatchObject([
      { kind: "update", state: "planned", intent: { changes: { department: "Sales" } } },
      { kind: "update", state: "skipped", reason: "drift-found", intent: { changes: { title: "Trainee" } } },
    ]);
  });

  test("members who joined are removed, those who left return, and those who moved since stay", () => {
    const members = ["ana", "bob", "gone"].map((name) => ({ resourceId: `id-${name}`, operationId: null }));
    const group = { resourceId: "g-legal", target: "Legal" };
    const accounts = [{ ...ana, groupIds: ["g-legal"] }, makeAccountFacts("bob")];
    const facts = { accounts, groups: [legal] };
    const joined = past({ kind: "members_add", displayName: "Legal", members }, group);
    expect(planOf("undo", [joined], facts)).toMatchObject([
      { kind: "members_remove", intent: { members: [{ resourceId: "id-ana" }] } },
    ]);
    const left = past({ kind: "members_remove", displayName: "Legal", members }, group);
    expect(planOf("undo", [left], facts)).toMatchObject([
      { kind: "members_add", intent: { members: [{ resourceId: "id-bob" }] } },
    ]);
  });

  test("members are never moved in another group that has the name now", () => {
    const members = [{ resourceId: "id-ana", operationId: null }];
    const accounts = [{ ...ana, groupIds: ["g-new"] }];
    const facts = { accounts, groups: [{ ...legal, resourceId: "g-new" }] };
    for (const kind of ["members_add", "members_remove"] as const) {
      const done = past({ kind, displayName: "Legal", members }, { resourceId: "g-legal", target: "Legal" });
      expect(planOf("undo", [done], facts)).toEqual([]);
    }
  });

  test("a person who vanished is reported, and the last operation is undone first", () => {
    const lines = planOf(
      "undo",
      [past({ kind: "archive" }), past({ kind: "archive" }, { resourceId: "gone" })],
      {
        accounts: [away],
      },
    );
    expect(lines.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["link", "vanished"],
      ["restore", null],
    ]);
  });
});

describe("retrying", () => {
  const failed = { state: "failed", reason: "timeout", resourceId: null } as const;
  const values = { userName: "ana@acme.example", givenName: "Ana", department: "Sales" };

  test("a create is planned again with the lines that waited for it, each naming the operation it retries", () => {
    const create = past({ kind: "create", values }, failed);
    const group = past({ kind: "group_create", displayName: "Legal" }, { ...failed, target: "Legal" });
    const member = { operationId: create.id, resourceId: null };
    const add = past(
      { kind: "members_add", displayName: "Legal", members: [member] },
      { state: "skipped", reason: "dependency-failed", resourceId: null },
    );
    const lines = planOf("retry", [create, group, add]);
    expect(lines.map(({ kind, retryOf }) => [kind, retryOf])).toEqual([
      ["create", create.id],
      ["group_create", group.id],
      ["members_add", add.id],
    ]);
    expect(lines[2]).toMatchObject({
      intent: { members: [{ operationKey: lines[0]?.key }] },
      dependsOn: [lines[0]?.key, lines[1]?.key],
    });
  });

  test("a person who exists by now is updated and joined, and not created twice", () => {
    const create = past({ kind: "create", values }, failed);
    const member = { operationId: create.id, resourceId: null };
    const add = past(
      { kind: "members_add", displayName: "Legal", members: [member] },
      { state: "skipped", reason: "dependency-failed", resourceId: null },
    );
    expect(planOf("retry", [create, add], { accounts: [ana], groups: [legal] })).toMatchObject([
      { kind: "update", intent: { changes: { givenName: "Ana", department: "Sales" } }, retryOf: create.id },
      { kind: "members_add", intent: { members: [{ resourceId: "id-ana" }] }, retryOf: add.id },
    ]);
  });

  test("what is done by now has no line, and successful or refused lines are not retried", () => {
    const done = past({ kind: "archive" }, { state: "failed", reason: "timeout" });
    const others = [
      past({ kind: "archive" }, { state: "confirmed" }),
      past({ kind: "archive" }, { state: "skipped", reason: "switched-off" }),
    ];
    expect(planOf("retry", [done], { accounts: [away] })).toEqual([]);
    expect(planOf("retry", others, { accounts: [ana] })).toEqual([]);
    expect(planOf("retry", [done], { accounts: [ana] })).toMatchObject([
      { kind: "archive", retryOf: done.id },
    ]);
  });
});
