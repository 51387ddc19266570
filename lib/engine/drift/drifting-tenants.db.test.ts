import { afterAll, beforeAll, expect, test } from "vitest";
import { listDriftingTenants } from "@/lib/engine/drift/data";
import { addTenant, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

let planning: Planning;

beforeAll(async () => {
  planning = await openPlanning();
});
afterAll(() => planning?.close());

test("each operator sees which of their tenants have values that wait for a decision, and how many", async () => {
  const [few, many, none] = [
    await addTenant(planning, { people: 1 }),
    await addTenant(planning, { people: 1 }),
    await addTenant(planning, { people: 1 }),
  ];
  await planning.rows(
    `INSERT INTO drift (tenant_id, resource_id, user_name, label, field, before, after, state, decided_at)
     SELECT tenant::uuid, 'u1', 'p1@acme.example', 'Person 1', field, 'a', 'b', state, CASE WHEN state <> 'open' THEN now() END
       FROM (VALUES ($1, 'title', 'open'), ($2, 'title', 'open'), ($2, 'department', 'open'), ($3, 'title', 'accepted'))
            AS given (tenant, field, state)`,
    [few, many, none],
  );
  const seenBy = async (scope: Parameters<typeof listDriftingTenants>[0]) =>
    (await listDriftingTenants(scope)).map(({ tenantId, values }) => [tenantId, values]);
  const { scope: owner } = await makeOperator(planning.database, "owner");
  const { scope: technician } = await makeOperator(planning.database, "technician", [few, none]);
  expect(await seenBy(owner)).toEqual([
    [many, 2],
    [few, 1],
  ]);
  expect(await seenBy(technician)).toEqual([[few, 1]]);
});
