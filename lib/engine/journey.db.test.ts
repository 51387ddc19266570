import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getChange } from "@/lib/changes/data";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { outcomesOf, untilStanding } from "@/test/changes";
import { connectSimulated, type FleetTenant } from "@/test/fleet";
import { type Stack, startStack } from "@/test/stack";

let stack: Stack;
let acme: FleetTenant;

beforeAll(async () => {
  stack = await startStack();
  const settings = { name: "Acme", slug: "acme", people: 5, syncEverySeconds: 1, processingMs: 10 };
  acme = await connectSimulated(stack.owner, stack.simulator, settings);
});
afterAll(() => stack?.close());

test("a new hire is created, joins a new group and is visible in the tenant", async () => {
  const userName = `ana.ruiz@${acme.domain}`;
  const { changeId } = await planChange(stack.owner, {
    intent: {
      kind: "onboard",
      personId: randomUUID(),
      groups: ["New Hires"],
      accounts: [{ tenantId: acme.tenantId, userName }],
      attributes: { givenName: "Ana", familyName: "Ruiz", department: "Legal" },
    },
    reason: "Starts on Monday",
    ticket: "HALO-1",
  });
  const planned = await getChange(stack.owner, { changeId });
  expect(outcomesOf(planned)).toEqual([
    ["create", "planned", null],
    ["group_create", "planned", null],
    ["members_add", "planned", null],
  ]);
  await applyChange(stack.owner, { changeId, planHash: planned.planHash });
  await untilStanding(stack.owner, changeId, "confirmed");
  const users = await stack.simulator.control("GET", "/tenants/acme/console/users?q=ana.ruiz");
  expect(JSON.stringify(users)).toContain(userName);
});
