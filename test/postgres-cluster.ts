import { rmSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/postgres/embedded-postgres";
import { makeKeys } from "@/scripts/make-keys";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's cluster: its owner's URL, the template database, and the keys with its roles' passwords. */
    cluster: { ownerUrl: string; template: string; keysDir: string };
  }
}

/** The migrated database that every test database is copied from. */
const TEMPLATE_DATABASE = "rollcall_template";

export interface TestCluster extends EmbeddedPostgres {
  dataDir: string;
  /** Stops the server and deletes its folder. */
  remove(): Promise<void>;
}

/**
 * Starts an empty cluster in a temporary folder of the system. For a test that restarts its server; all others use
 * createTestDatabase(). The caller removes it.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const { folder, remove: removeFolder } = await makeTemporaryFolder("rollcall-test-");
  await fs.chmod(folder, 0o711);
  const dataDir = path.join(folder, "postgres");
  const cluster = await startEmbeddedPostgres({ dataDir, throwaway: true });
  return {
    ...cluster,
    dataDir,
    async remove() {
      await cluster.stop("immediate");
      removeFolder();
    },
  };
}

/** A folder that remove() deletes, or else the exit of this process: Vitest skips teardown on Ctrl-C. */
async function makeTemporaryFolder(prefix: string): Promise<{ folder: string; remove: () => void }> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), prefix));
  function remove(): void {
    process.off("exit", remove);
    // A server that is stopping may still delete its own files.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  process.on("exit", remove);
  return { folder, remove };
}

/** Vitest's global setup: one cluster and one migrated template for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  const { folder: keysDir, remove: removeKeys } = await makeTemporaryFolder("rollcall-keys-");
  async function teardown(): Promise<void> {
    await cluster.remove();
    removeKeys();
  }
  try {
    await makeKeys(keysDir);
    await migrateDatabase(await createTemplate(cluster.ownerUrl), keysDir);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("cluster", { ownerUrl: cluster.ownerUrl, template: TEMPLATE_DATABASE, keysDir });
  return teardown;
}

async function createTemplate(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();
  const url = new URL(ownerUrl);
  url.pathname = `/${TEMPLATE_DATABASE}`;
  return url.href;
}
