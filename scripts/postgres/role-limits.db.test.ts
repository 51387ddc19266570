import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectDatabase, closeDatabase } from "@/lib/db/client";
import { sqlTransaction } from "@/lib/db/sql-transaction";
import { startTestCluster, type TestCluster } from "@/test/postgres-cluster";
import { makeKeys } from "@/scripts/make-keys";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";
import { roleUrl } from "@/scripts/postgres/role-url";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

let cluster: TestCluster;
let keysDir: string;
const clients: pg.Client[] = [];

beforeAll(async () => {
  cluster = await startTestCluster();
  keysDir = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-keys-"));
  await makeKeys(keysDir);
  await migrateDatabase(cluster.ownerUrl, keysDir);
}, 120_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await cluster?.remove();
  await fs.rm(keysDir, { recursive: true });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

test.each([
  ["web", "1min", 70],
  ["worker", "15min", 110],
  ["sealer", "1min", 10],
] as const)(
  "a session of %s gets its limits from the role, with no start-up parameter",
  async (role, timeout, most) => {
    const client = await connect(roleUrl(cluster.ownerUrl, role, keysDir));
    const { rows } = await client.query(
      `SELECT current_setting('statement_timeout') AS timeout, rolconnlimit AS most,
            current_setting('idle_in_transaction_session_timeout') AS idle FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ timeout, most, idle: "15s" }]);
  },
);

test("a role that takes all of its connections leaves the others theirs", async () => {
  const url = roleUrl(cluster.ownerUrl, "sealer", keysDir);
  const refused = (async () => {
    for (;;) await connect(url);
  })();
  await expect(refused).rejects.toThrow("too many connections for role");
  await connect(roleUrl(cluster.ownerUrl, "worker", keysDir));
});

test("a worker's block has a shorter timeout, set in its transaction", async () => {
  connectDatabase(roleUrl(cluster.ownerUrl, "worker", keysDir));
  const rows = await sqlTransaction(
    { tenants: [] },
    (tx) => tx.$queryRaw<{ timeout: string }[]>`SELECT current_setting('statement_timeout') AS timeout`,
  );
  await closeDatabase();
  expect(rows).toEqual([{ timeout: "15s" }]);
});
