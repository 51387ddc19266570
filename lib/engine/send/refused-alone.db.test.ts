import { afterAll, beforeAll, expect, test } from "vitest";
import { listAccounts } from "@/lib/directory/data";
import { applyIntent, connectFast, operationsOf, setFaults, untilStanding } from "@/test/changes";
import { healthOf } from "@/test/health";
import { type Stack, startStack } from "@/test/stack";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  await stack.rows("UPDATE fleet SET hold_min = 1000");
});
afterAll(() => stack?.close());

test("one person's 403 fails that person's operation, and the eleven others are sent", async () => {
  const tenant = await connectFast(stack, "refused", { people: 12, reads: "mailbox" });
  const { tenantId } = tenant;
  const { rows } = await listAccounts(stack.owner, { tenantId });
  const [first] = rows;
  await setFaults(stack, tenant, [
    { kind: "403", match: { method: "PATCH", path: `^/Users/${first?.resourceId}` } },
  ]);
  const accounts = rows.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
  const changeId = await applyIntent(stack.owner, { kind: "offboard", accounts });
  const change = await untilStanding(stack.owner, changeId, "failed");
  const failed = operationsOf(change).filter(({ state }) => state === "failed");
  expect(failed).toMatchObject([{ resourceId: first?.resourceId, reason: "operation-refused" }]);
  expect(
    operationsOf(change).filter(({ state }) => state === "accepted" || state === "confirmed"),
  ).toHaveLength(11);
  expect(await healthOf(stack, tenant)).toMatchObject({ state: "healthy", reason: null });
});
