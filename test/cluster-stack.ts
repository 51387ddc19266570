import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { makeKeys } from "@/scripts/make-keys";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";
import { roleUrl } from "@/scripts/postgres/role-url";
import { closeAsOwner } from "@/test/ask-as-owner";
import { startTestCluster, type TestCluster } from "@/test/postgres-cluster";
import { type Stack, startStack } from "@/test/stack";

export type ClusterStack = Stack & { cluster: TestCluster };

/** A stack on a database server of its own, for tests that restart the server or change its grants. */
export async function startClusterStack(): Promise<ClusterStack> {
  const cluster = await startTestCluster();
  const keysDir = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-keys-"));
  await makeKeys(keysDir);
  const { ownerUrl } = cluster;
  await migrateDatabase(ownerUrl, keysDir);
  const stack = await startStack({
    database: {
      name: "rollcall",
      ownerUrl,
      keysDir,
      webUrl: roleUrl(ownerUrl, "web", keysDir),
      workerUrl: roleUrl(ownerUrl, "worker", keysDir),
      sealerUrl: roleUrl(ownerUrl, "sealer", keysDir),
      async drop() {
        await closeAsOwner(ownerUrl);
        await fs.rm(keysDir, { recursive: true, force: true });
      },
    },
  });
  return {
    ...stack,
    cluster,
    async close() {
      await stack.close();
      await cluster.remove();
    },
  };
}
