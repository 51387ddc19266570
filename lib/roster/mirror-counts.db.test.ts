import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { findAccount, listAccounts } from "@/lib/directory/data";
import { mirrorPeople } from "@/lib/directory/people-under-test";
import { listEntries } from "@/lib/roster/data";
import { listTenantPage, listTenants } from "@/lib/tenants/data";
import { makeOperator } from "@/test/scope";
import { addTenant, openPlanning, type Planning } from "@/test/planning";

let planning: Planning;
let owner: Scope;
let tenantId: string;

/** A tenant of three people, read an hour ago. Since then a look found one archived and one new. */
beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
  tenantId = await addTenant(planning, { people: 3 });
  await planning.rows("UPDATE directory_read SET finished_at = now() - interval '1 hour'");
  await planning.rows("UPDATE directory_user SET seen_at = now() - interval '1 day'");
  await planning.rows("UPDATE directory_user SET active = false, seen_at = now() WHERE resource_id = 'u1'");
  await mirrorPeople(planning.rows, {
    tenantId,
    people: [{ resourceId: "u9", displayName: "New Person", userName: "p9@acme.example" }],
  });
  await planning.rows(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, updated_by)
     SELECT $1, address, address, 'csv', 'test' FROM unnest('{p2@acme.example,p9@acme.example,nobody@acme.example}'::text[]) AS address`,
    [tenantId],
  );
});
afterAll(() => planning?.close());

test("a tenant's counts are those of the people listed, with what was found since the last full read", async () => {
  const listed = async (state?: "active") => (await listAccounts(owner, { tenantId, state })).rows.length;
  const counts = { users: await listed(), active: await listed("active") };
  expect(counts).toEqual({ users: 4, active: 3 });
  expect(await listTenants(owner)).toMatchObject([counts]);
  expect((await listTenantPage(owner, {})).rows).toMatchObject([counts]);
});

test("an account is as old as the last look at it, by itself or in a full read", async () => {
  const ageInMinutes = async (resourceId: string) => {
    const account = await findAccount(owner, { tenantId, resourceId });
    return Math.round((Date.now() - (account?.seenAt.getTime() ?? 0)) / 60_000);
  };
  expect(await ageInMinutes("u9")).toBe(0);
  expect(await ageInMinutes("u2")).toBe(60);
});

test("the roster calls nobody an unknown account whom the tenant has", async () => {
  const { rows } = await listEntries(owner, { tenantId });
  expect(rows.map(({ userName, hasAccount }) => [userName, hasAccount])).toEqual([
    ["nobody@acme.example", false],
    ["p2@acme.example", true],
    ["p9@acme.example", true],
  ]);
});
