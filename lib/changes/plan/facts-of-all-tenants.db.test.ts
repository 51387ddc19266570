import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { addTenant, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

/* A rail judges alike for everybody: what it needs of other tenants is read over all of them. */

let planning: Planning;
let owner: Scope;
const reason = "A test asks for it";

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

function onboard(tenantId: string, userName: string): Intent {
  return {
    kind: "onboard",
    personId: randomUUID(),
    attributes: { givenName: "Ana", familyName: "Ruiz" },
    groups: [],
    accounts: [{ tenantId, userName }],
  };
}

async function lineOf({ changeId }: { changeId: string }, scope: Scope) {
  const { runs } = await getChange(scope, { changeId });
  return runs[0]?.operations[0];
}

test("an address in another tenant's domain is refused for who cannot see that tenant, and does not name it", async () => {
  const other = await addTenant(planning, { people: 3 });
  const tenantId = await addTenant(planning, { people: 3 });
  await planning.rows(
    "UPDATE tenant SET domains = '{secret.example}', name = 'Secret Client' WHERE id = $1",
    [other],
  );
  await planning.rows("UPDATE tenant SET domains = '{}' WHERE id = $1", [tenantId]);
  const { scope: technician } = await makeOperator(planning.database, "technician", [tenantId]);
  const intent = onboard(tenantId, "ana@secret.example");
  const byOwner = await planChange(owner, { intent, reason, ticket: null });
  const byTechnician = await planChange(technician, { intent, reason, ticket: null });
  expect(byTechnician.planHash).toBe(byOwner.planHash);
  const refused = {
    state: "skipped",
    reason: "domain-not-allowed",
    risks: expect.arrayContaining(["other-tenant-domain"]),
  };
  expect(await lineOf(byOwner, owner)).toMatchObject({
    ...refused,
    why: "secret.example belongs to Secret Client",
  });
  expect(await lineOf(byTechnician, technician)).toMatchObject({
    ...refused,
    why: "secret.example belongs to another tenant",
  });
});

test("an address that another tenant has is warned of for everybody, and each may apply the other's plan", async () => {
  await addTenant(planning, { people: 3 });
  const tenantId = await addTenant(planning, { people: 0 });
  const { scope: technician } = await makeOperator(planning.database, "technician", [tenantId]);
  const intent = onboard(tenantId, "p1@acme.example");
  for (const [planner, other] of [
    [owner, technician],
    [technician, owner],
  ] as const) {
    const planned = await planChange(planner, { intent, reason, ticket: null });
    expect((await lineOf(planned, other))?.risks).toContain("other-tenant-address");
    await applyChange(other, planned);
    await planning.rows("UPDATE operation SET state = 'cancelled' WHERE change_id = $1", [planned.changeId]);
  }
});

test("a change over two tenants never shows a technician of one whom it concerns in the other", async () => {
  const first = await addTenant(planning, { people: 1 });
  const second = await addTenant(planning, { people: 1 });
  await planning.rows("UPDATE directory_user SET display_name = 'Only Elsewhere' WHERE tenant_id = $1", [
    first,
  ]);
  const { scope: technician } = await makeOperator(planning.database, "technician", [second]);
  for (const tenantIds of [
    [first, second],
    [second, first],
  ]) {
    const accounts = tenantIds.map((tenantId) => ({
      tenantId,
      resourceId: "u1",
      userName: "p1@acme.example",
    }));
    const intent: Intent = { kind: "offboard", accounts };
    const { changeId } = await planChange(owner, { intent, reason, ticket: null });
    const seen = await getChange(technician, { changeId });
    expect(JSON.stringify(seen)).not.toContain("Only Elsewhere");
    expect(seen.title).toBe("Offboard 2 people in 2 tenants");
    const events = await planning.rows("SELECT body FROM event WHERE change_id = $1 AND tenant_id = $2", [
      changeId,
      second,
    ]);
    expect(JSON.stringify(events)).not.toContain("Only Elsewhere");
  }
});
