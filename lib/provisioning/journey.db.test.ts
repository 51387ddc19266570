import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, useDatabase } from "@/lib/db/client";
import { applyChange, planChange } from "@/lib/provisioning/mutations";
import { getChange } from "@/lib/provisioning/data";
import { closeSender } from "@/lib/queue/boss";
import { waitFor } from "@/test/wait-for";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { connectSimulated, type FleetTenant } from "@/test/fleet";
import { makeOperator } from "@/test/scope";
import { type Simulator, startSimulator } from "@/test/simulator";
import { startWorkerProcess, type WorkerProcess } from "@/test/worker-process";

let database: TestDatabase;
let simulator: Simulator;
let worker: WorkerProcess;
let owner: Scope;
let acme: FleetTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.KEYS_DIR = database.keysDir;
  process.env.ROLLCALL_MODE = "test";
  useDatabase(database.webUrl);
  simulator = await startSimulator();
  worker = await startWorkerProcess(database);
  ({ scope: owner } = await makeOperator(database, "owner"));
  acme = await connectSimulated(owner, simulator, {
    name: "Acme",
    slug: "acme",
    people: 5,
    syncEverySeconds: 1,
    processingMs: 10,
  });
});

afterAll(async () => {
  await worker?.stop();
  await simulator?.close();
  await closeSender();
  await closeDatabase();
  await database?.drop();
});

test("a new hire is created, joins a new group and is seen in the tenant", async () => {
  const userName = `ana.ruiz@${acme.domain}`;
  const { changeId } = await planChange(owner, {
    intent: {
      kind: "onboard",
      personId: `rc-${randomUUID()}`,
      groups: ["New Hires"],
      accounts: [{ tenantId: acme.tenantId, userName }],
      attributes: { givenName: "Ana", familyName: "Ruiz", department: "Legal" },
    },
    reason: "Starts on Monday",
    ticket: "HALO-1",
  });
  const planned = await getChange(owner, { changeId });
  expect(planned.runs[0]?.operations.map(({ kind, state }) => [kind, state])).toEqual([
    ["create", "planned"],
    ["group_create", "planned"],
    ["members_add", "planned"],
  ]);
  await applyChange(owner, { changeId, planHash: planned.planHash });
  await waitFor(
    async () => (await getChange(owner, { changeId })).standing === "confirmed",
    "the hire to be seen",
  );
  const users = await simulator.control<{ userName: string }[]>(
    "GET",
    "/tenants/acme/console/users?q=ana.ruiz",
  );
  expect(JSON.stringify(users)).toContain(userName);
});
