import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { listTenantOptions, listTenantPage, listTenants } from "@/lib/tenants/data";
import type { TenantFilter } from "@/lib/tenants/types";
import { openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
  await planning.rows(
    `INSERT INTO tenant (name, tenant_url, state, reason, domains) VALUES
       ('Łódź Credit Union', 'https://x', 'healthy', NULL, '{lodz.example}'),
       ('Limping', 'https://x', 'healthy', 'timeout', '{}'), ('Locked Out', 'https://x', 'quarantined', 'token-rejected', '{}'),
       ('Resting', 'https://x', 'paused', 'timeout', '{}'), ('Gone', 'https://x', 'disconnected', NULL, '{}'),
       ('Unread', 'https://x', 'healthy', NULL, '{}')`,
  );
  await planning.rows(
    `INSERT INTO directory_read (tenant_id, state, requested_by, requested_at)
     SELECT tenant.id, read.state, 'test', now() + later * interval '1 minute' FROM tenant, (VALUES ('complete', 1), ('failed', 2)) read (state, later)
      WHERE name = 'Unread' OR (name = 'Gone' AND read.state = 'failed')`,
  );
});
afterAll(() => planning?.close());

const namesOf = async (filter: TenantFilter, scope = owner) =>
  (await listTenantPage(scope, filter)).rows.map(({ name }) => name);

test("trouble is a quarantine, a lasting reason, or a failed read, and the worst comes first", async () => {
  expect(await namesOf({ view: "trouble" })).toEqual(["Locked Out", "Limping", "Unread"]);
});

test("a disconnected tenant is in its own view and in no other", async () => {
  expect(await namesOf({ view: "disconnected" })).toEqual(["Gone"]);
  expect(await namesOf({ view: "all" })).toEqual([
    "Locked Out",
    "Resting",
    "Limping",
    "Unread",
    "Łódź Credit Union",
  ]);
  expect((await listTenantPage(owner, { view: "paused" })).counts).toEqual({
    all: 5,
    trouble: 3,
    paused: 1,
    disconnected: 1,
  });
});

test.for([" łÓDŹ ", "LODZ.ex", "union łódź"])(
  "a tenant is found by %s, parts of its name or domain",
  async (text) => {
    expect(await namesOf({ text })).toEqual(["Łódź Credit Union"]);
    expect((await listTenantOptions(owner, { text, limit: 5 })).tenants).toMatchObject([
      { name: "Łódź Credit Union" },
    ]);
  },
);

test("an unknown name finds none, and special characters of LIKE are literal", async () => {
  for (const text of ["contoso", "%", "L_mping", "\\"]) expect(await namesOf({ text })).toEqual([]);
});

test("pages show every tenant once, in the order of the whole list", async () => {
  await planning.rows(
    `INSERT INTO tenant (name, tenant_url, state, reason)
     SELECT 'Many ' || n % 60, 'https://x', CASE n % 3 WHEN 0 THEN 'healthy' WHEN 1 THEN 'paused' ELSE 'quarantined' END,
            CASE n % 2 WHEN 0 THEN 'timeout' END FROM generate_series(1, 130) n`,
  );
  const ids: string[] = [];
  for (let after: string | undefined; ids.length === 0 || after; ) {
    const page = await listTenantPage(owner, { text: "many", after });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next ?? undefined;
  }
  const all = (await listTenants(owner)).filter(({ name }) => name.startsWith("Many"));
  expect(ids).toEqual(all.map(({ id }) => id));
  expect(ids).toHaveLength(130);
});

test("fields offer a technician the granted tenants and no other, also by id", async () => {
  const { tenants } = await listTenantOptions(owner, { text: "limping", limit: 5 });
  const mine = tenants[0]?.id ?? "";
  const { scope: technician } = await makeOperator(planning.database, "technician", [mine]);
  expect(await listTenantOptions(technician, { limit: 5 })).toMatchObject({
    total: 1,
    tenants: [{ id: mine }],
  });
  const { tenants: others } = await listTenantOptions(owner, { text: "locked", limit: 5 });
  const ids = [mine, others[0]?.id ?? "", randomUUID()];
  expect((await listTenantOptions(technician, { ids, limit: 5 })).tenants).toMatchObject([{ id: mine }]);
  expect(await namesOf({}, technician)).toEqual(["Limping"]);
});

test("fields offer disconnected tenants only on request, and say how many match", async () => {
  expect(await listTenantOptions(owner, { text: "gone", limit: 5 })).toEqual({ tenants: [], total: 0 });
  expect(await listTenantOptions(owner, { text: "gone", withDisconnected: true, limit: 5 })).toMatchObject({
    total: 1,
  });
  expect(await listTenantOptions(owner, { text: "many", limit: 5 })).toMatchObject({
    total: 130,
    tenants: { length: 5 },
  });
});
