import { describe, expect, test } from "vitest";
import { type AcceptedOperation, judgeConfirmation } from "@/lib/engine/confirm/judge-confirmation";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";
import { missingFrom } from "@/lib/engine/confirm/visible";

function accepted(intent: StoredIntent): AcceptedOperation {
  return {
    id: "op",
    changeId: "change",
    tenantId: "tenant",
    kind: intent.kind,
    target: "ana@acme.example",
    resourceKey: "user:ana@acme.example",
    resourceId: null,
    intent,
    confirms: 0,
    notTaken: [],
    acceptedAt: null,
  };
}

function person(active: boolean | null, attributes: Record<string, string> = {}) {
  return { person: { resourceId: "u1", externalId: null, active, attributes }, group: null };
}

function group(...memberIds: string[]) {
  return { person: null, group: { resourceId: "g1", displayName: "Legal", externalId: null, memberIds } };
}

const unnamed = {
  person: null,
  group: {
    resourceId: "g1",
    displayName: "Legal",
    externalId: null,
    memberIds: [],
    membersLeftOut: true as const,
  },
};
const nothing = { person: null, group: null };
const none = new Map<string, string>();
const create: StoredIntent = {
  kind: "create",
  values: { userName: "ana@acme.example", department: "Legal" },
};
const add: StoredIntent = {
  kind: "members_add",
  displayName: "Legal",
  members: [{ resourceId: "u1" }, { operationId: "op-2" }],
};
const remove: StoredIntent = {
  kind: "members_remove",
  displayName: "Legal",
  members: [{ resourceId: "u1" }],
};
const groupCreate: StoredIntent = { kind: "group_create", displayName: "Legal" };

describe("what is not visible is not confirmed", () => {
  test.each<[string, StoredIntent, Parameters<typeof judgeConfirmation>[1]]>([
    ["a person the tenant does not show", create, nothing],
    ["a person without what was sent", create, person(true, { userName: "ana@acme.example" })],
    [
      "a person who is archived",
      create,
      person(false, { userName: "ana@acme.example", department: "Legal" }),
    ],
    ["an archive of somebody active", { kind: "archive" }, person(true)],
    ["a restore of somebody archived", { kind: "restore" }, person(false)],
    [
      "an attribute that is still set",
      { kind: "update", changes: { title: null } },
      person(true, { title: "Clerk" }),
    ],
    ["a group the tenant does not show", groupCreate, nothing],
    ["a membership of a group it does not show", add, nothing],
    ["a member it does not show", add, group("u1")],
    ["a member it still shows", remove, group("u1", "u9")],
    ["a removal from a group whose members it does not name", remove, unnamed],
    ["an archive of somebody of whom it does not say", { kind: "archive" }, person(null)],
    ["a restore of somebody of whom it does not say", { kind: "restore" }, person(null)],
    ["a look that showed somebody else", { kind: "archive" }, { ...person(false), doubt: "Another one" }],
  ])("%s", (_name, intent, seen) => {
    const judged = judgeConfirmation(accepted(intent), seen, none);
    expect(judged.isSeen).toBe(false);
    expect(judged.detail).not.toBeNull();
  });
});

describe("what is visible is confirmed, with the id found there", () => {
  test.each<[string, StoredIntent, Parameters<typeof judgeConfirmation>[1], string | null]>([
    [
      "a person as sent, in another spelling",
      create,
      person(true, { userName: "ANA@acme.example", department: "Legal" }),
      "u1",
    ],
    ["an archive", { kind: "archive" }, person(false), "u1"],
    ["a cleared attribute", { kind: "update", changes: { title: null } }, person(true), "u1"],
    ["a link", { kind: "link" }, person(true), "u1"],
    ["a group", groupCreate, group(), "g1"],
    ["members, one of them made in the same run", add, group("u2", "u1"), null],
    ["a removal", remove, group("u9"), null],
  ])("%s", (_name, intent, seen, resourceId) => {
    const known = new Map([["op-2", "u2"]]);
    expect(judgeConfirmation(accepted(intent), seen, known)).toMatchObject({
      isSeen: true,
      resourceId,
      detail: null,
    });
  });
});

test("a membership is confirmed without people who were never created", () => {
  const known = new Map([["op-2", null]]);
  expect(judgeConfirmation(accepted(add), group("u1"), known).isSeen).toBe(true);
  expect(judgeConfirmation(accepted(add), group("u9"), known).isSeen).toBe(false);
});

test("missing values are named by their labels", () => {
  expect(missingFrom({ intent: create }, { active: false, attributes: {} })).toEqual([
    "Active",
    "Email",
    "Department",
  ]);
});

test("what the tenant refused to take stays told, and keeps the operation from being confirmed", () => {
  const operation = { ...accepted(create), notTaken: ["department"] as const };
  const told = "Accepted, but these attributes were not taken: Department";
  expect(judgeConfirmation(operation, nothing, none)).toMatchObject({
    isSeen: false,
    reason: "accepted-not-visible",
    detail: `The tenant does not show this person yet. ${told}`,
  });
  expect(judgeConfirmation(operation, person(true, { userName: "ana@acme.example" }), none)).toMatchObject({
    isSeen: false,
    reason: "stored-differently",
    detail: told,
  });
  const whole = person(true, { userName: "ana@acme.example", department: "Legal" });
  expect(judgeConfirmation(operation, whole, none)).toMatchObject({
    isSeen: true,
    reason: null,
    detail: null,
  });
});
