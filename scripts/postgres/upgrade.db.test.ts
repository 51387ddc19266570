import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toSearchWords, toSortKey } from "@/lib/directory/search-words";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { applyMigrations } from "./apply-migrations";
import { projectRoot } from "../process/project-root";

/* What an installation keeps when it is upgraded from an older version. */

let database: TestDatabase;
let folder: string;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-upgrade-"));
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
});
afterEach(async () => {
  await client.end();
  await database.drop();
  await fs.rm(folder, { recursive: true });
});

/** Brings the database to an older version, and lets this connection see all of it. */
async function install(...migrations: string[]): Promise<void> {
  for (const name of migrations)
    await fs.cp(path.join(projectRoot, "prisma", "migrations", name), path.join(folder, name), {
      recursive: true,
    });
  await applyMigrations(database.ownerUrl, folder);
  await client.query("SELECT set_config('app.all', 'on', false)");
}

test("the rate that operators allowed before becomes the upper limit", async () => {
  await install("0001_tables", "0002_guards");
  await client.query(
    "INSERT INTO tenant (name, tenant_url, rate) VALUES ('Acme', 'https://acme.example', 7)",
  );
  await applyMigrations(database.ownerUrl);
  const { rows } = await client.query("SELECT rate, rate_max FROM tenant");
  expect(rows).toEqual([{ rate: 7, rate_max: 7 }]);
});

test("tenants that waited in quarantine for a person are probed, and people are found by their earlier external id", async () => {
  await install("0001_tables", "0002_guards", "0003_roster", "0004_roster_guards");
  await client.query(
    `INSERT INTO tenant (name, tenant_url, state, reason, quarantined_at, probe_next_at) VALUES
       ('Left', 'https://left.example', 'quarantined', 'failing-run', now() - interval '60 days', NULL),
       ('Probed', 'https://probed.example', 'quarantined', 'tls', now() - interval '1 day', now() + interval '6 hours'),
       ('Well', 'https://well.example', 'healthy', NULL, NULL, NULL)`,
  );
  await client.query(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     SELECT id, '1', 'ana', 'ana', 'Ana', true, '{"externalId":"ext-7"}', now() FROM tenant WHERE name = 'Well'`,
  );
  await applyMigrations(database.ownerUrl);
  const { rows } = await client.query(
    `SELECT name, round(extract(epoch FROM probe_next_at - now()) / 60)::int AS minutes,
            round(extract(epoch FROM now() - quarantined_at) / 86400)::int AS days FROM tenant ORDER BY name`,
  );
  expect(rows).toEqual([
    { name: "Left", minutes: 15, days: 0 },
    { name: "Probed", minutes: 360, days: 1 },
    { name: "Well", minutes: null, days: null },
  ]);
  const people = await client.query("SELECT user_name FROM directory_user WHERE external_id = 'ext-7'");
  expect(people.rows).toEqual([{ user_name: "ana" }]);
});

test("people mirrored before are found by the same words as people read after", async () => {
  const before = await fs.readdir(path.join(projectRoot, "prisma", "migrations"));
  await install(...before.filter((name) => /^000[1-7]_/.test(name)));
  await client.query("INSERT INTO tenant (name, tenant_url) VALUES ('Acme', 'https://acme.example')");
  const people = [
    {
      displayName: "Anna-Lena Müller",
      userName: "Anna.Muller@acme.example",
      title: "Chief Compliance Officer",
    },
    {
      displayName: "Łukasz  O’Brien (IT)",
      userName: "lukasz",
      employeeNumber: "E-1047",
      externalId: "emp-1047",
    },
    {
      displayName: "Søren Strauß",
      userName: "s@acme.example",
      externalId: "8c8dbf32-2a53-4a0c-9d6e-0a1b2c3d4e5f",
    },
    { displayName: "", userName: "" },
  ];
  for (const [index, { displayName, userName, ...attributes }] of people.entries())
    await client.query(
      `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
       SELECT id, $1, $2, lower($2), $3, true, $4, now() FROM tenant`,
      [`u${index}`, userName, displayName, attributes],
    );
  await applyMigrations(database.ownerUrl);
  const { rows } = await client.query<{ sort_key: string; words: string }>(
    "SELECT sort_key, words FROM directory_user ORDER BY resource_id",
  );
  expect(rows).toEqual(
    people.map((person) => ({ sort_key: toSortKey(person.displayName), words: toSearchWords(person) })),
  );
  const words = await client.query("SELECT word FROM directory_word WHERE resource_id = 'u0' ORDER BY word");
  expect(words.rows.map(({ word }) => word)).toEqual(
    toSearchWords(people[0] ?? { displayName: "", userName: "" })
      .trim()
      .split(" "),
  );
});

test("changes and files of before have the authors that they were stored with", async () => {
  const all = await fs.readdir(path.join(projectRoot, "prisma", "migrations"));
  await install(...all.filter((name) => /^00(0\d|1\d|2[01])_/.test(name)));
  const { rows: operators } = await client.query<{ id: string }>(
    "INSERT INTO operator (email, name, role, password_hash) VALUES ('a@b.example', 'Ana', 'owner', '') RETURNING id",
  );
  const by = operators[0]?.id;
  await client.query(
    `INSERT INTO change (kind, title, reason, intent, tenant_ids, requested_by, plan_hash, expires_at)
     VALUES ('offboard', 'Offboard', 'Before', '{}', ARRAY[gen_random_uuid()], $1, 'hash', now())`,
    [by],
  );
  await client.query(
    "INSERT INTO roster_import (file_name, tenant_ids, requested_by) VALUES ('a.csv', ARRAY[gen_random_uuid()], $1)",
    [by],
  );
  await applyMigrations(database.ownerUrl);
  const changes = await client.query("SELECT operator_id, part FROM change_author");
  expect(changes.rows).toEqual([{ operator_id: by, part: "requested" }]);
  const files = await client.query("SELECT authors FROM roster_import");
  expect(files.rows).toEqual([{ authors: [by] }]);
});
