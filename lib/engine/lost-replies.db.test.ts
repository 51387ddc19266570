import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findAccount, listAccounts } from "@/lib/directory/data";
import {
  applyIntent,
  connectFast,
  onboard,
  outcomesOf,
  setFaults,
  statsOf,
  untilStanding,
} from "@/test/changes";
import { sizeOf } from "@/test/run-length";
import { type Stack, startStack } from "@/test/stack";

/* KnowBe4 does the work but the answer never arrives. The engine finds out by reading, and does nothing twice.
   `console` is the harder case: a tenant does not show accepted requests before its next sync. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;
const syncing = { syncEverySeconds: 1, processingMs: 10 };
const lostUpdate = { kind: "cut-after-commit", match: { method: "PATCH", path: "^/Users" }, times: 1 };

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** A mailbox answers by id at once; a console shows a write only after its next sync. The long run has both. */
const readings = sizeOf<("console" | "mailbox")[]>({ short: ["mailbox"], long: ["console", "mailbox"] });

test.concurrent.for(readings)(
  "a person, a group and a membership whose replies were all lost exist once, reading the %s",
  async (reads) => {
    const tenant = await connectFast(stack, `made-${reads}`, { ...syncing, reads });
    await setFaults(stack, tenant, [
      { kind: "cut-after-commit", match: { method: "POST", path: "^/Users" }, times: 1 },
      { kind: "cut-after-commit", match: { method: "POST", path: "^/Groups" }, times: 1 },
      { kind: "cut-after-commit", match: { method: "PATCH", path: "^/Groups" }, times: 1 },
    ]);
    const changeId = await onboard(stack.owner, tenant, "lost.reply", { groups: ["Lost Replies"] });
    const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
    expect(outcomesOf(change)).toEqual([
      ["create", "confirmed", null],
      ["group_create", "confirmed", null],
      ["members_add", "confirmed", null],
    ]);
    const stats = await statsOf(stack, tenant);
    expect(stats).toMatchObject({ createsAccepted: 1, duplicateCreates: {} });
    if (reads === "mailbox")
      expect(stats.requests).toMatchObject({ "POST /Users": 1, "POST /Groups": 1, "PATCH /Groups/:id": 1 });
    const route = `/tenants/${tenant.slug}/console/groups`;
    expect(await stack.simulator.control("GET", route)).toMatchObject([
      { displayName: "Lost Replies", members: [expect.any(String)] },
    ]);
  },
);

test.concurrent.for(readings)(
  "an update and an archive whose replies were lost take effect, reading the %s",
  async (reads) => {
    const tenant = await connectFast(stack, `changed-${reads}`, { ...syncing, people: 1, reads });
    const { tenantId } = tenant;
    const [account] = (await listAccounts(stack.owner, { tenantId })).rows;
    if (!account) throw new Error("The simulated tenant has nobody in it");
    const { resourceId, userName } = account;
    const accounts = [{ tenantId, resourceId, userName }];
    const attributes = { department: "Lost and Found" };

    await setFaults(stack, tenant, [lostUpdate]);
    const updating = await applyIntent(stack.owner, {
      kind: "update",
      attributes,
      addGroups: [],
      removeGroups: [],
      accounts,
    });
    const updated = await untilStanding(stack.owner, updating, "confirmed", "failed");
    expect(outcomesOf(updated)).toEqual([["update", "confirmed", null]]);

    await setFaults(stack, tenant, [lostUpdate]);
    const offboarding = await applyIntent(stack.owner, { kind: "offboard", accounts });
    const archived = await untilStanding(stack.owner, offboarding, "confirmed", "failed");
    expect(outcomesOf(archived)).toEqual([["archive", "confirmed", null]]);

    const seen = await findAccount(stack.owner, { tenantId, resourceId });
    expect(seen).toMatchObject({ active: false, attributes });
    const { requests } = await statsOf(stack, tenant);
    if (reads === "mailbox") expect(requests["PATCH /Users/:id"]).toBe(2);
  },
);
