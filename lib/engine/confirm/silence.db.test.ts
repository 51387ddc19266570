import { afterAll, beforeAll, expect, test } from "vitest";
import { listAccounts } from "@/lib/directory/data";
import { waitFor } from "@/lib/wait-for";
import { applyIntent, connectFast, onboard, setFaults, untilStanding } from "@/test/changes";
import { peopleIn, readAgain } from "@/test/edit-tenant";
import type { FleetTenant } from "@/test/fleet";
import { issuesOf } from "@/test/health";
import { type Stack, startStack } from "@/test/stack";

/* A tenant whose answers leave out who is active, or who is in a group. Silence confirms nothing. */

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

async function accountsOf({ tenantId }: FleetTenant) {
  const { rows } = await listAccounts(stack.owner, { tenantId });
  return rows.map(({ resourceId, userName }) => ({ tenantId, resourceId, userName }));
}

/** The states of a change's operations once each was read back. */
async function statesOf(changeId: string): Promise<string[]> {
  let rows: { state: string; confirms: number }[] = [];
  await waitFor(async () => {
    rows = await stack.rows("SELECT state, confirms FROM operation WHERE change_id = $1 ORDER BY seq", [
      changeId,
    ]);
    return rows.every(({ confirms }) => confirms > 0);
  }, "the operations to be read back");
  return rows.map(({ state }) => state);
}

const silentAbout = (attribute: string) => ({
  kind: "silence",
  match: { method: "GET" },
  attributes: [attribute],
});

test("a server that does not say who is active confirms no restore, changes nobody, and has an issue until it does", async () => {
  const tenant = await connectFast(stack, "silent-active", { people: 2, reads: "mailbox" });
  const accounts = await accountsOf(tenant);
  const offboarding = await applyIntent(stack.owner, { kind: "offboard", accounts });
  await untilStanding(stack.owner, offboarding, "confirmed");

  const swallow = { kind: "swallow", match: { method: "PATCH" } };
  await setFaults(stack, tenant, [silentAbout("active"), swallow]);
  const restoring = await applyIntent(stack.owner, { kind: "restore", accounts });
  expect(await statesOf(restoring)).toEqual(["accepted", "accepted"]);
  await readAgain(stack, tenant);
  expect(await statesOf(restoring)).toEqual(["accepted", "accepted"]);
  const active = await stack.rows("SELECT DISTINCT active FROM directory_user WHERE tenant_id = $1", [
    tenant.tenantId,
  ]);
  expect(active).toEqual([{ active: false }]);
  await waitFor(
    async () => (await issuesOf(stack, tenant)).some(({ code }) => code === "answers-unclear"),
    "an issue about the answers",
  );
  await setFaults(stack, tenant, []);
  await readAgain(stack, tenant);
  await waitFor(
    async () => (await issuesOf(stack, tenant)).every(({ code }) => code !== "answers-unclear"),
    "the issue to be closed",
  );
});

test("a server that does not name a group's members confirms no removal", async () => {
  const tenant = await connectFast(stack, "silent-members", { reads: "mailbox" });
  const joining = await onboard(stack.owner, tenant, "ana", { groups: ["Legal"] });
  await untilStanding(stack.owner, joining, "confirmed");
  await setFaults(stack, tenant, [silentAbout("members"), { kind: "swallow", match: { method: "PATCH" } }]);
  const leaving = await applyIntent(stack.owner, {
    kind: "update",
    attributes: {},
    addGroups: [],
    removeGroups: ["Legal"],
    accounts: await accountsOf(tenant),
  });
  expect(await statesOf(leaving)).toEqual(["accepted"]);
});

test("our removal of a group's last members is confirmed by a full read, and is not drift, where empty members are left out", async () => {
  const tenant = await connectFast(stack, "last-member", { reads: "mailbox" });
  for (const [name, group] of [
    ["ana", "Legal"],
    ["bob", "Choir"],
  ] as const) {
    const joining = await onboard(stack.owner, tenant, name, { groups: [group] });
    await untilStanding(stack.owner, joining, "confirmed");
  }
  await readAgain(stack, tenant);
  await setFaults(stack, tenant, [{ ...silentAbout("members"), onlyEmpty: true }]);
  const ana = (await peopleIn(tenant)).find(({ userName }) => userName.startsWith("ana"));
  const leaving = await applyIntent(stack.owner, {
    kind: "update",
    attributes: {},
    addGroups: [],
    removeGroups: ["Legal"],
    accounts: (await accountsOf(tenant)).filter(({ resourceId }) => resourceId === ana?.id),
  });
  await statesOf(leaving);
  await readAgain(stack, tenant);
  await untilStanding(stack.owner, leaving, "confirmed");
  const judged = () =>
    stack.rows<{ state: string }>(
      "SELECT state FROM drift WHERE tenant_id = $1 AND field LIKE 'group:%' AND after IS NULL",
      [tenant.tenantId],
    );
  await waitFor(
    async () => (await judged()).every(({ state }) => state !== "unjudged"),
    "the drift to be judged",
  );
  expect(await judged()).toEqual([{ state: "ours" }]);
  expect(await issuesOf(stack, tenant)).toEqual([]);
});
