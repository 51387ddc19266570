import { expect, test } from "vitest";
import { isOverruled } from "@/lib/engine/drift/accepted-memberships";
import type { DesiredAccount, DesiredRoster } from "@/lib/roster/model/types";

const ana: DesiredAccount = {
  userNameKey: "ana@x.example",
  userName: "ana@x.example",
  resourceId: "u1",
  active: true,
  leaving: null,
  values: {},
  createValues: {},
  groups: ["Legal"],
  why: "",
};

function roster(account: DesiredAccount, ...managed: string[]): DesiredRoster {
  return { accounts: [account], managedGroups: new Set(managed), excluded: new Set() };
}

function line(before: string | null, after: string | null) {
  return { resourceId: "u1", userName: "Ana@x.example", before, after };
}

test("an acceptance is refused if the policy adds a removed person again, or decides a group they were added to", () => {
  expect(isOverruled(line("LEGAL", null), roster(ana))).toBe(true);
  expect(isOverruled(line("Choir", null), roster(ana))).toBe(false);
  expect(isOverruled(line(null, "Choir"), roster(ana, "choir"))).toBe(true);
  expect(isOverruled(line(null, "Choir"), roster(ana))).toBe(false);
  expect(isOverruled(line(null, "Legal"), roster(ana, "legal"))).toBe(false);
});

test("a person known only by address counts, and one who leaves or is not on the roster does not", () => {
  expect(isOverruled(line("Legal", null), roster({ ...ana, resourceId: null }))).toBe(true);
  expect(isOverruled(line("Legal", null), roster({ ...ana, resourceId: "u2" }))).toBe(false);
  expect(isOverruled(line("Legal", null), roster({ ...ana, active: false }))).toBe(false);
});
