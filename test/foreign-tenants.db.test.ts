import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { Scope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { getChange } from "@/lib/changes/data";
import { planChange } from "@/lib/changes/mutations";
import { closeSender } from "@/lib/queue/boss";
import { connectTenant } from "@/lib/tenants/mutations";
import { type ActionDefinition, runAction } from "@/lib/web/run-action";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { actionCases, type Ids, readCases, routeCases, routeRequests } from "@/test/foreign-tenant-cases";
import { makeOperator, makeRequest } from "@/test/scope";

/* A technician who knows every id of another tenant calls every action, route and read. The list comes from disk: a new
   one without a case fails this test. */

// The real export code; only Next's request is left out.
vi.mock("@/lib/web/define-action", () => ({
  defineAction: (schema: unknown, handler: unknown, options: object = {}) => ({
    isPublic: false,
    ...options,
    schema,
    handler,
  }),
}));
vi.mock("@/lib/web/define-route", () => ({ defineRoute: (handler: unknown) => handler }));

const root = path.resolve(import.meta.dirname, "..");
const secretName = "Secret Client";
let database: TestDatabase;
let technician: Scope;
let foreign: Ids;
let missing: Ids;
let sharedChangeId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.KEYS_DIR = database.keysDir;
  process.env.ROLLCALL_MODE = "test";
  connectDatabase(database.webUrl);
  const { scope: owner, operator } = await makeOperator(database, "owner");
  const own = await fillTenant(owner, "Own Client");
  foreign = { ...(await fillTenant(owner, secretName)), ownTenantId: own.tenantId, operatorId: operator.id };
  missing = {
    tenantId: randomUUID(),
    changeId: randomUUID(),
    changeNumber: 999_999_999,
    operationId: randomUUID(),
    eventId: 999_999_999,
    issueId: randomUUID(),
    driftId: "999999999",
    importId: randomUUID(),
    resourceId: "nobody",
    planHash: "0".repeat(64),
    ownTenantId: own.tenantId,
    operatorId: randomUUID(),
  };
  technician = (await makeOperator(database, "technician", [own.tenantId])).scope;
  ({ changeId: sharedChangeId } = await planOffboarding(owner, [own.tenantId, foreign.tenantId]));
});
afterAll(async () => {
  await closeSender();
  await closeDatabase();
  await database?.drop();
});

/** A tenant with a directory, a plan, a run with an operation and an attempt, and events of all that. */
async function fillTenant(owner: Scope, name: string) {
  const { tenantId } = await connectTenant(owner, {
    name,
    tenantUrl: "http://127.0.0.1:9/t/x/scim/v2",
    token: `token-of-${randomUUID()}`,
    domains: [],
  });
  const readId = randomUUID();
  await ask(
    "INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at) VALUES ($1, $2, 'complete', $3, now())",
    [readId, tenantId, name],
  );
  await ask("UPDATE tenant SET state = 'healthy', mode = 'source', read_id = $1 WHERE id = $2", [
    readId,
    tenantId,
  ]);
  await ask(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, seen_at)
     VALUES ($1, 'u1', 'dana@secret.example', 'dana@secret.example', $2, true, '{"externalId":"rc-dana"}', now())`,
    [tenantId, `Dana of ${name}`],
  );
  await ask(
    "INSERT INTO directory_group (tenant_id, resource_id, display_name, seen_at) VALUES ($1, 'g1', $2, now())",
    [tenantId, `Group of ${name}`],
  );
  await ask(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, fields, groups, updated_by)
     VALUES ($1, 'dana@secret.example', 'dana@secret.example', 'csv', jsonb_build_object('displayName', $2::text), ARRAY[$2], 'A test')`,
    [tenantId, `Dana of ${name}`],
  );
  await ask("INSERT INTO person_guard VALUES ($1, 'dana@secret.example', 'protected', $2, now(), $1)", [
    tenantId,
    `Dana of ${name}`,
  ]);
  await ask("INSERT INTO roster_policy (tenant_id, grouping, version, updated_by) VALUES ($1, $2, 7, $1)", [
    tenantId,
    JSON.stringify({ names: [{ from: "staff", to: `Dana of ${name}` }] }),
  ]);
  const { changeId, changeNumber, planHash } = await planOffboarding(owner, [tenantId]);
  const [operation] = await ask<{ id: string }>("SELECT id FROM operation WHERE change_id = $1", [changeId]);
  const operationId = operation?.id ?? "";
  await ask("UPDATE run SET queued_at = now() WHERE change_id = $1", [changeId]);
  await ask(
    "INSERT INTO attempt (operation_id, tenant_id, number, at, duration_ms, method, path) VALUES ($1, $2, 1, now(), 1, 'GET', $3)",
    [operationId, tenantId, name],
  );
  const [issue] = await ask<{ id: string }>(
    "INSERT INTO issue (tenant_id, code, detail) VALUES ($1, 'drift-found', $2) RETURNING id",
    [tenantId, name],
  );
  const [drift] = await ask<{ id: string }>(
    `INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after, state)
     VALUES ($1, 'u1', 'dana@secret.example', $2, 'title', 'A', 'B', 'open') RETURNING id::text`,
    [tenantId, `Dana of ${name}`],
  );
  const [file] = await ask<{ id: string }>(
    `WITH f AS (INSERT INTO roster_import (file_name, state, columns, tenant_ids, requested_by)
                VALUES ($2, 'checked', ARRAY['Email'], ARRAY[$1::uuid], $1) RETURNING id)
     INSERT INTO import_row (import_id, seq, tenant_id, cells, problems)
     SELECT id, 1, $1, ARRAY[$2], '[{"code":"ragged","column":null,"message":"x"}]' FROM f RETURNING import_id AS id`,
    [tenantId, `Dana of ${name}`],
  );
  const [event] = await ask<{ id: string }>("SELECT id FROM event WHERE tenant_id = $1 ORDER BY id LIMIT 1", [
    tenantId,
  ]);
  return {
    tenantId,
    changeId,
    changeNumber,
    operationId,
    planHash,
    resourceId: "u1",
    eventId: Number(event?.id),
    issueId: issue?.id ?? "",
    driftId: drift?.id ?? "",
    importId: file?.id ?? "",
  };
}

async function planOffboarding(owner: Scope, tenantIds: string[]) {
  const accounts = tenantIds.map((tenantId) => ({
    tenantId,
    resourceId: "u1",
    userName: "dana@secret.example",
  }));
  const { changeId, number } = await planChange(owner, {
    intent: { kind: "offboard", accounts },
    reason: "A test",
    ticket: null,
  });
  return { changeId, changeNumber: number, planHash: (await getChange(owner, { changeId })).planHash };
}

function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

/** Every row of every table, except events (a denial is one) and their seals. */
async function everything(): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('public', 'pgboss') AND tablename NOT IN ('event', 'event_pending') ORDER BY 1`,
  );
  const selects = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, string_agg(t::text, E'\n' ORDER BY t::text) AS content FROM ${name} t`,
  );
  const contents = await ask<{ name: string; content: string | null }>(selects.join(" UNION ALL "));
  return Object.fromEntries(contents.map(({ name, content }) => [name, content ?? ""]));
}

async function filesOf(pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) found.push(file.split(path.sep).join("/"));
  return found.sort();
}

function exportsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  const declared = [...source.matchAll(/^export (?:async function|function|const) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim().split(/ as /).at(-1)),
  );
  return [...declared, ...listed].filter((name): name is string => Boolean(name));
}

async function listExports(pattern: string): Promise<string[]> {
  const files = await filesOf(pattern);
  return files.flatMap((file) => exportsOf(file).map((name) => `${file} ${name}`));
}

async function load(key: string): Promise<unknown> {
  const [file = "", name = ""] = key.split(" ");
  const module: Record<string, unknown> = await import(/* @vite-ignore */ path.join(root, file));
  return module[name];
}

test("every action, route and read has a case, and no case lacks its code", async () => {
  expect(Object.keys(actionCases).sort()).toEqual((await listExports("lib/**/actions.ts")).sort());
  expect(Object.keys(routeCases).sort()).toEqual(
    (await listExports("app/**/route.ts"))
      .filter((key) => /^\S+ (GET|POST|PUT|PATCH|DELETE)$/.test(key))
      .sort(),
  );
  const reads = (await listExports("lib/**/data.ts")).filter((key) => !/ [A-Z_]+$/.test(key));
  expect(Object.keys(readCases).sort()).toEqual(reads.sort());
  // Any other way to write an endpoint would be missed.
  for (const file of await filesOf("{app,lib,components}/**/*.{ts,tsx}")) {
    const isAction = /^["']use server["']/m.test(readFileSync(path.join(root, file), "utf8"));
    expect(isAction && !file.endsWith("/actions.ts"), file).toBe(false);
  }
});

describe("with another tenant's ids", () => {
  async function call(key: string, given: unknown) {
    const definition = (await load(key)) as ActionDefinition<z.ZodType, unknown>;
    const origin = "https://rollcall.example";
    const request = {
      headers: new Headers({ origin }),
      appOrigin: origin,
      facts: makeRequest(),
      findScope: async () => technician,
    };
    return runAction(definition, request, given);
  }

  test.for(
    Object.entries(actionCases).flatMap(([key, kase]) =>
      kase.answer === "own" ? [] : [[key, kase] as const],
    ),
  )("%s answers as if the tenant did not exist, and changes nothing", async ([key, { answer, input }]) => {
    const before = await everything();
    const refused = await call(key, input(foreign));
    expect(refused).toMatchObject({
      ok: false,
      message: expect.stringContaining(
        answer === "forbidden" ? "Your role does not allow this" : "does not exist",
      ),
    });
    expect(refused).toEqual(await call(key, input(missing)));
    expect(await everything()).toEqual(before);
  });

  // Not stopApprovalAction: whoever may act in one of the tenants may stop that its lines are approved alone.
  test.for([
    "applyChangeAction",
    "discardPlanAction",
    "replanChangeAction",
    "approveHeldAction",
    "rejectHeldAction",
    "approveAloneAction",
    "scheduleChangeAction",
    "unscheduleChangeAction",
    "pauseChangeAction",
    "resumeChangeAction",
    "cancelChangeAction",
  ])("%s on a change that includes a tenant of theirs and another does nothing", async (name) => {
    const key = `lib/changes/actions.ts ${name}`;
    const kase = actionCases[key];
    if (!kase || kase.answer === "own") throw new Error("No such case");
    const [change] = await ask<{ planHash: string }>(
      'SELECT plan_hash AS "planHash" FROM change WHERE id = $1',
      [sharedChangeId],
    );
    const before = await everything();
    expect(await call(key, kase.input({ ...foreign, ...change, changeId: sharedChangeId }))).toMatchObject({
      ok: false,
      message: expect.stringContaining("does not exist"),
    });
    expect(await everything()).toEqual(before);
  });

  test("a change that includes a tenant of theirs and another shows only their own part", async () => {
    const change = await getChange(technician, { changeId: sharedChangeId });
    expect(change.runs.map(({ tenantId }) => tenantId)).toEqual([foreign.ownTenantId]);
    expect(JSON.stringify(change)).not.toContain(secretName);
  });

  /** The result as a caller sees it: a value, or a refusal in words. */
  async function outcomeOf(work: () => unknown): Promise<unknown> {
    try {
      const value = await work();
      return { value: value instanceof Response ? await value.text() : value };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { code: error.code, message: error.message };
    }
  }

  test.for(
    Object.entries(routeCases).flatMap(([key, params]) =>
      params === "public" ? [] : [[key, params] as const],
    ),
  )("%s answers as if the tenant did not exist", async ([key, params]) => {
    const handler = (await load(key)) as (scope: Scope, request: Request, params: unknown) => unknown;
    const requestOf = routeRequests[key] ?? (() => new Request("https://rollcall.example/"));
    const outcomeFor = (ids: Ids) => outcomeOf(() => handler(technician, requestOf(ids), params(ids)));
    const answered = await outcomeFor(foreign);
    expect(JSON.stringify(answered)).not.toContain(secretName);
    expect(answered).toEqual(await outcomeFor(missing));
  });

  test.for(Object.entries(readCases))("%s shows nothing of it", async ([key, args]) => {
    const read = (await load(key)) as (scope: Scope, ...rest: unknown[]) => unknown;
    const answered = await outcomeOf(() => read(technician, ...args(foreign)));
    const words = JSON.stringify(answered, (_name, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(words).not.toContain(secretName);
    expect(words).not.toContain("Dana of Secret");
    expect(answered).toEqual(await outcomeOf(() => read(technician, ...args(missing))));
  });
});
