import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { can } from "@/lib/auth/permissions";
import type { Scope } from "@/lib/auth/scope";
import { findSession } from "@/lib/auth/session";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { changePassword, resetPassword } from "@/lib/operators/change-password";
import { getOperator, listOperators } from "@/lib/operators/data";
import * as mutations from "@/lib/operators/mutations";
import { signIn } from "@/lib/operators/sign-in";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator, makeRequest, operatorPassword } from "@/test/scope";

let database: TestDatabase;
const everything = { tenants: "all" } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function makeTenant(name: string): Promise<string> {
  const data = { name, tenantUrl: `https://${name}.knowbe4.example/scim/v2` };
  return (await transaction(everything, (tx) => tx.tenant.create({ data, select: { id: true } }))).id;
}

async function openSession(email: string, password = operatorPassword): Promise<string> {
  const outcome = await signIn(makeRequest(), { email, password });
  if (!outcome.ok) throw new Error(`Not signed in: ${outcome.reason}`);
  return outcome.sid;
}

async function findEvent(action: string, target: string) {
  const row = await transaction(everything, (tx) =>
    tx.event.findFirst({ where: { action, body: { contains: target } }, orderBy: { id: "desc" } }),
  );
  return row === null ? null : (JSON.parse(row.body) as Record<string, unknown>);
}

test("a disabled operator is signed out at the next request, cannot sign in, and can after being enabled", async () => {
  const { scope } = await makeOperator(database, "owner");
  const { operator } = await makeOperator(database, "technician");
  const sid = await openSession(operator.email);
  await mutations.disableOperator(scope, { operatorId: operator.id });
  expect(await findSession(sid)).toBeNull();
  expect(await signIn(makeRequest(), { email: operator.email, password: operatorPassword })).toMatchObject({
    ok: false,
  });
  await mutations.enableOperator(scope, { operatorId: operator.id });
  expect(await findSession(sid)).toBeNull();
  expect(await findEvent("operator.disabled", operator.email)).toMatchObject({ details: { sessions: 1 } });
});

test("a withdrawn grant, another role and an ended session take effect with the next request", async () => {
  const { scope } = await makeOperator(database, "owner");
  const [kept, withdrawn] = [await makeTenant("kept"), await makeTenant("withdrawn")];
  const { operator } = await makeOperator(database, "technician", [kept, withdrawn]);
  const sid = await openSession(operator.email);
  expect((await findSession(sid))?.tenantIds.toSorted()).toEqual([kept, withdrawn].toSorted());
  await mutations.setGrants(scope, { operatorId: operator.id, tenantIds: [kept] });
  expect(await findSession(sid)).toMatchObject({ tenantIds: [kept] });
  await mutations.setRole(scope, { operatorId: operator.id, role: "auditor" });
  expect(await findSession(sid)).toMatchObject({ role: "auditor", tenantIds: [] });
  await mutations.endSessions(scope, { operatorId: operator.id });
  expect(await findSession(sid)).toBeNull();
  expect(await findEvent("operator.grants_changed", operator.email)).toMatchObject({
    after: { tenantIds: [kept] },
  });
  expect(await findEvent("operator.role_changed", operator.email)).toMatchObject({
    before: { role: "technician" },
    after: { role: "auditor" },
  });
});

test("only a technician gets grants, and only to tenants that exist", async () => {
  const { scope } = await makeOperator(database, "owner");
  const { operator: technician } = await makeOperator(database, "technician");
  const { operator: auditor } = await makeOperator(database, "auditor");
  const tenantId = await makeTenant("granted");
  const grant = (operatorId: string, id: string) =>
    mutations.setGrants(scope, { operatorId, tenantIds: [id] });
  await expect(grant(auditor.id, tenantId)).rejects.toMatchObject({ code: "invalid" });
  await expect(grant(technician.id, randomUUID())).rejects.toMatchObject({ code: "not-found" });
  expect(await getOperator(scope, { operatorId: technician.id })).toMatchObject({ tenantIds: [] });
});

test("an e-mail address belongs to one operator, also when two owners create it at the same moment", async () => {
  const { scope } = await makeOperator(database, "owner");
  const input = {
    name: "Sam",
    email: "sam@rollcall.test",
    role: "auditor",
    password: operatorPassword,
    tenantIds: [],
  } as const;
  const create = () => mutations.createOperator(scope, { ...input, tenantIds: [] });
  const settled = await Promise.allSettled([create(), create()]);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  await expect(create()).rejects.toMatchObject({ code: "conflict", fields: { email: expect.any(String) } });
  expect((await listOperators(scope)).filter((one) => one.email === input.email)).toHaveLength(1);
});

test("the last owner can be neither disabled nor demoted, also not by two owners who demote each other", async () => {
  const own = await createTestDatabase();
  await closeDatabase();
  connectDatabase(own.webUrl);
  const [dana, sam] = [await makeOperator(own, "owner"), await makeOperator(own, "owner")];
  const settled = await Promise.allSettled([
    mutations.setRole(dana.scope, { operatorId: sam.operator.id, role: "auditor" }),
    mutations.disableOperator(sam.scope, { operatorId: dana.operator.id }),
  ]);
  expect(settled.filter((one) => one.status === "rejected")).toMatchObject([
    { reason: { code: "conflict" } },
  ]);
  const owners = (await listOperators(dana.scope)).filter((one) => one.role === "owner" && !one.isDisabled);
  expect(owners).toHaveLength(1);
  const operatorId = owners[0]?.id ?? "";
  await expect(mutations.disableOperator(dana.scope, { operatorId })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(mutations.setRole(dana.scope, { operatorId, role: "technician" })).rejects.toMatchObject({
    code: "conflict",
  });
  await closeDatabase();
  await own.drop();
  connectDatabase(database.webUrl);
});

test("changing one's password requires the current one, ends other sessions and logs no password", async () => {
  const { operator, scope } = await makeOperator(database, "technician");
  const newPassword = "seven blue ladders lean";
  await expect(
    changePassword(scope, { currentPassword: "not my password", newPassword }),
  ).rejects.toMatchObject({ code: "invalid", fields: { currentPassword: expect.any(String) } });
  // The wait after one wrong password is a second; a busy machine may hash for longer.
  const later = new Date(Date.now() + 60_000);
  const blocked = await transaction(everything, (tx) =>
    tx.loginThrottle.updateMany({ data: { blockedTo: later } }),
  );
  expect(blocked.count).toBeGreaterThan(0);
  await expect(
    changePassword(scope, { currentPassword: operatorPassword, newPassword }),
  ).rejects.toMatchObject({ code: "limited" });
  await transaction(everything, (tx) => tx.loginThrottle.deleteMany());
  const sid = await openSession(operator.email);
  await changePassword(scope, { currentPassword: operatorPassword, newPassword });
  expect(await findSession(sid)).toBeNull();
  expect(await findSession(await openSession(operator.email, newPassword))).not.toBeNull();
  const events = await transaction(everything, (tx) => tx.event.findMany());
  expect(events.map((event) => event.body).join()).not.toContain(newPassword);
});

test("a stranger who guesses at sign-in keeps nobody from changing their own password", async () => {
  const { scope, operator } = await makeOperator(database, "owner");
  const { actor } = scope;
  if (actor.kind !== "operator") throw new Error("No operator.");
  for (let guess = 0; guess < 3; guess++)
    await signIn(makeRequest(actor.address), { email: operator.email, password: "a guess" });
  await changePassword(scope, {
    currentPassword: operatorPassword,
    newPassword: "ten silver spoons rest quietly",
  });
});

test("an owner resets a forgotten password, and the old one and its sessions stop working", async () => {
  const { scope } = await makeOperator(database, "owner");
  const { operator } = await makeOperator(database, "technician");
  const sid = await openSession(operator.email);
  await resetPassword(scope, { operatorId: operator.id, newPassword: "seven blue ladders lean" });
  expect(await findSession(sid)).toBeNull();
  expect(await signIn(makeRequest(), { email: operator.email, password: operatorPassword })).toMatchObject({
    ok: false,
  });
});

test("nobody but an owner manages operators, and nothing is changed", async () => {
  const { operator } = await makeOperator(database, "technician");
  const operatorId = operator.id;
  const newcomer = {
    name: "X",
    email: "x@rollcall.test",
    role: "owner",
    password: operatorPassword,
  } as const;
  const calls: ((scope: Scope) => Promise<unknown>)[] = [
    (scope) => mutations.createOperator(scope, { ...newcomer, tenantIds: [] }),
    (scope) => mutations.setRole(scope, { operatorId, role: "owner" }),
    (scope) => mutations.setGrants(scope, { operatorId, tenantIds: [] }),
    (scope) => mutations.disableOperator(scope, { operatorId }),
    (scope) => mutations.enableOperator(scope, { operatorId }),
    (scope) => mutations.endSessions(scope, { operatorId }),
    (scope) => resetPassword(scope, { operatorId, newPassword: "seven blue ladders lean" }),
    (scope) => listOperators(scope),
    (scope) => getOperator(scope, { operatorId }),
  ];
  for (const role of ["technician", "auditor"] as const) {
    const { scope } = await makeOperator(database, role);
    expect(can(role, "operator.manage")).toBe(false);
    for (const call of calls) await expect(call(scope)).rejects.toMatchObject({ code: "forbidden" });
  }
  const { scope } = await makeOperator(database, "owner");
  expect(await getOperator(scope, { operatorId })).toMatchObject({ role: "technician", isDisabled: false });
  expect((await listOperators(scope)).map((one) => one.email)).not.toContain(newcomer.email);
});
