import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import { discardPlan, planChange } from "@/lib/changes/mutations";
import { addTenant, offboardOf, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;
let tenantId: string;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
  tenantId = await addTenant(planning, { people: 10 });
});
afterAll(() => planning?.close());

test("two plans for one person know each other until one of them has ended", async () => {
  const plan = (from: number, to: number) =>
    planChange(owner, { intent: offboardOf(tenantId, from, to), reason: "A test asks for it", ticket: null });
  const [first, second, other] = [await plan(1, 2), await plan(2, 3), await plan(4, 5)];
  const rivalsOf = async (change: { changeId: string }) =>
    (await getChange(owner, change)).rivals.map(({ number }) => number);
  expect(await rivalsOf(first)).toEqual([second.number]);
  expect(await rivalsOf(second)).toEqual([first.number]);
  expect(await rivalsOf(other)).toEqual([]);
  await discardPlan(owner, first);
  expect(await rivalsOf(second)).toEqual([]);
});
