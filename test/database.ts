import crypto from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { roleUrl } from "@/scripts/postgres/role-url";
import { closeAsOwner } from "@/test/ask-as-owner";

export interface TestDatabase {
  name: string;
  /** As rollcall_owner, who owns the schema. */
  ownerUrl: string;
  webUrl: string;
  workerUrl: string;
  sealerUrl: string;
  /** The keys of the run: {web,worker,sealer}/… as makeKeys() creates them. */
  keysDir: string;
  /** Deletes the database. @throws when a session is left in it: whoever opened one must end it first */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for one test or one file. Available in the db project only. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { ownerUrl: adminUrl, template, keysDir } = inject("cluster");
  const name = `test_${crypto.randomBytes(8).toString("hex")}`;
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  return {
    name,
    ownerUrl,
    webUrl: roleUrl(ownerUrl, "web", keysDir),
    workerUrl: roleUrl(ownerUrl, "worker", keysDir),
    sealerUrl: roleUrl(ownerUrl, "sealer", keysDir),
    keysDir,
    async drop() {
      await closeAsOwner(ownerUrl);
      await administer(adminUrl, `DROP DATABASE IF EXISTS ${name}`);
    },
  };
}

async function administer(ownerUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
