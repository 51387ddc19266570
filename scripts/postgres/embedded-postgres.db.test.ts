import fs from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCluster, type TestCluster } from "@/test/postgres-cluster";
import { startEmbeddedPostgres } from "./embedded-postgres";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
  await query("CREATE TABLE kept (n int)");
});

afterAll(() => cluster.remove());

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: cluster.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = () => path.join(cluster.dataDir, "cluster", "postmaster.pid");

test("a commit survives a crash of the server", async () => {
  await query("INSERT INTO kept VALUES (1)");
  await cluster.restart("immediate");
  expect(await query("SELECT n FROM kept")).toEqual([{ n: 1 }]);
});

test("a folder in use is refused, naming the process and what to do", async () => {
  const second = startEmbeddedPostgres({ dataDir: cluster.dataDir });
  await expect(second).rejects.toThrow(/in use by process \d+.*Stop the other Rollcall/s);
  expect(await query("SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("the pid file of a dead server does not prevent a start, whichever process has its number now", async () => {
  const lines = (await fs.readFile(pidFile(), "utf8")).split("\n");
  await cluster.stop("fast");
  // Process 1 of any system is alive and is not PostgreSQL; this process is alive and of the starting user.
  for (const pid of [process.pid, 1]) {
    await fs.writeFile(pidFile(), [pid, ...lines.slice(1)].join("\n"));
    await fs.chmod(pidFile(), 0o644);
    await cluster.restart();
    expect(await query("SELECT n FROM kept")).toEqual([{ n: 1 }]);
    await cluster.stop("fast");
  }
  await cluster.restart();
});

test("the server listens only on this machine, checks its pages and stores no plain password", async () => {
  const settings =
    "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) AS s FROM pg_settings WHERE name IN";
  const names =
    "('listen_addresses', 'data_checksums', 'password_encryption', 'max_connections', 'server_encoding')";
  expect(await query(`${settings} ${names}`)).toEqual([
    {
      s: "data_checksums=on listen_addresses=127.0.0.1 max_connections=200 password_encryption=scram-sha-256 server_encoding=UTF8",
    },
  ]);
});

test("a folder of another version, or damaged settings, names the fix", async () => {
  await cluster.stop("fast");
  const version = path.join(cluster.dataDir, "cluster", "PG_VERSION");
  await fs.writeFile(version, "17\n");
  await expect(cluster.restart()).rejects.toThrow();
  await expect(startEmbeddedPostgres({ dataDir: cluster.dataDir })).rejects.toThrow(/PostgreSQL 17.*--reset/);
  await fs.writeFile(version, "18\n");
  const settingsFile = path.join(cluster.dataDir, "settings.json");
  const settings = await fs.readFile(settingsFile, "utf8");
  await fs.writeFile(settingsFile, settings.slice(0, 20));
  await expect(startEmbeddedPostgres({ dataDir: cluster.dataDir })).rejects.toThrow(/damaged.*--reset/);
  await fs.writeFile(settingsFile, settings);
  await cluster.restart();
});
