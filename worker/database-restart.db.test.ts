import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeKeys } from "@/scripts/make-keys";
import { migrateDatabase } from "@/scripts/migrate-database";
import { roleUrl } from "@/scripts/role-url";
import { connectFast, queueCreates, statsOf, untilStanding } from "@/test/changes";
import { startTestCluster, type TestCluster } from "@/test/postgres-cluster";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/test/wait-for";

let cluster: TestCluster;
let stack: Stack;

beforeAll(async () => {
  cluster = await startTestCluster();
  const keysDir = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-keys-"));
  await makeKeys(keysDir);
  const { ownerUrl } = cluster;
  await migrateDatabase(ownerUrl, keysDir);
  const database = {
    name: "rollcall",
    ownerUrl,
    keysDir,
    webUrl: roleUrl(ownerUrl, "web", keysDir),
    workerUrl: roleUrl(ownerUrl, "worker", keysDir),
    sealerUrl: roleUrl(ownerUrl, "sealer", keysDir),
    drop: () => fs.rm(keysDir, { recursive: true, force: true }),
  };
  stack = await startStack({ database });
});
afterAll(async () => {
  await stack?.close();
  await cluster?.remove();
});

test("a database that crashes and restarts in the middle of a run loses nothing and doubles nothing", async () => {
  const tenant = await connectFast(stack, "restarted", { reads: "mailbox", latencyMs: 40 });
  const changeId = await queueCreates(stack.owner, tenant, 300);
  await waitFor(async () => (await statsOf(stack, tenant)).createsAccepted >= 60, "60 creates");
  await cluster.restart("immediate");
  const change = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(change.counts).toMatchObject({ confirmed: 300, failed: 0 });
  expect(await statsOf(stack, tenant)).toMatchObject({
    createsAccepted: 300,
    duplicateCreates: {},
    conflicts: 0,
  });
  // The same process all along: it waited for the database and went on.
  expect(await stack.worker.stop()).toBe(0);
}, 120_000);
