import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { operatorScope, type Scope } from "@/lib/auth/scope";
import { findSession, revokeSessions } from "@/lib/auth/session";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { signIn } from "@/lib/operators/sign-in";
import { runAction } from "@/lib/web/run-action";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator, makeRequest, operatorPassword } from "@/test/scope";

let database: TestDatabase;
const everything = { tenants: "all" } as const;
const appOrigin = "https://rollcall.example";
const foreignTenant = "00000000-0000-4000-8000-000000000001";
const schema = z.object({ tenantId: z.uuid(), note: z.string().max(10, "Ten characters at most.") });
const input = { tenantId: foreignTenant, note: "hello" };

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

type Call = { headers?: Record<string, string>; sid?: string | null; given?: unknown };

/** An action that counts its calls, and the request that calls it. */
function makeAction(permission: Permission = "tenant.manage") {
  const done: z.output<typeof schema>[] = [];
  async function handler(scope: Scope, given: z.output<typeof schema>) {
    authorize(scope, permission, [given.tenantId]);
    done.push(given);
    return given.note;
  }
  async function call({ headers = { origin: appOrigin }, sid = null, ...rest }: Call) {
    const given = "given" in rest ? rest.given : input;
    const facts = makeRequest();
    const findScope = async () => {
      const session = sid === null ? null : await findSession(sid);
      return session && operatorScope(session, facts);
    };
    const request = { headers: new Headers(headers), appOrigin, facts, findScope };
    return runAction({ schema, handler, isPublic: false }, request, given);
  }
  return { call, done };
}

async function openSession(role: Role, grants: string[] = []) {
  const { operator } = await makeOperator(database, role, grants);
  const outcome = await signIn(makeRequest(), { email: operator.email, password: operatorPassword });
  if (!outcome.ok) throw new Error("Not signed in.");
  return { sid: outcome.sid, operator };
}

function listDenials(operatorId: string) {
  return transaction(everything, async (tx) => {
    const rows = await tx.event.findMany({ where: { action: "access.denied", actorId: operatorId } });
    return rows.map((row) => JSON.parse(row.body) as unknown);
  });
}

test("an owner's action from our own page succeeds", async () => {
  const { call, done } = makeAction();
  const { sid } = await openSession("owner");
  expect(await call({ sid })).toEqual({ ok: true, data: "hello" });
  expect(done).toEqual([input]);
});

test("an action from any other page, or from none, is refused, with or without a session", async () => {
  const { call, done } = makeAction();
  const { sid } = await openSession("owner");
  const hostile: Record<string, string>[] = [
    {},
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    { origin: appOrigin, "sec-fetch-site": "cross-site" },
  ];
  for (const headers of hostile)
    expect(await call({ sid, headers })).toMatchObject({ ok: false, fields: {} });
  expect(done).toEqual([]);
});

test("an action without a session, or with a revoked one, is refused before the input is read", async () => {
  const { call, done } = makeAction();
  const { sid, operator } = await openSession("owner");
  await transaction(everything, (tx) => revokeSessions(tx, { operatorId: operator.id }, new Date()));
  for (const old of [null, "made-up", sid])
    expect(await call({ sid: old, given: "nonsense" })).toEqual({
      ok: false,
      message: "You are signed out. Nothing was changed. Sign in and try again.",
      help: { label: "Sign in in a new tab", href: "/sign-in" },
      fields: {},
    });
  expect(done).toEqual([]);
});

test("a role without the permission, and another's tenant, are refused and recorded", async () => {
  const { call, done } = makeAction();
  const auditor = await openSession("auditor");
  const technician = await openSession("technician");
  expect(await call({ sid: auditor.sid })).toMatchObject({
    ok: false,
    message: expect.stringContaining("role"),
  });
  expect(await call({ sid: technician.sid })).toMatchObject({
    ok: false,
    message: expect.stringContaining("does not exist"),
  });
  expect(done).toEqual([]);
  expect(await listDenials(auditor.operator.id)).toMatchObject([
    { target: "tenant.manage", reason: "forbidden" },
  ]);
  expect(await listDenials(technician.operator.id)).toMatchObject([
    { target: "tenant.manage", reason: "not-found", details: { tenantIds: [foreignTenant] } },
  ]);
});

test("input of another shape is refused with a message at its field, and does nothing", async () => {
  const { call, done } = makeAction();
  const { sid } = await openSession("owner");
  const cyclic: Record<string, unknown> = { ...input };
  cyclic.note = cyclic;
  const hostile: unknown[] = [
    undefined,
    null,
    7,
    "text",
    [],
    [input],
    cyclic,
    { ...input, note: { toString: "x" } },
    { ...input, role: "owner" },
    JSON.parse(`{"tenantId":"${foreignTenant}","note":"x","__proto__":{"role":"owner"}}`),
    new Map(),
    () => input,
    { ...input, note: "x".repeat(1_000_000) },
  ];
  for (const given of hostile) expect(await call({ sid, given })).toMatchObject({ ok: false });
  expect(await call({ sid, given: { ...input, note: "eleven char" } })).toMatchObject({
    fields: { note: "Ten characters at most." },
  });
  expect(done).toEqual([]);
});

test("a form is read as the object it represents", async () => {
  const { call } = makeAction();
  const { sid } = await openSession("owner");
  const given = new FormData();
  given.set("tenantId", input.tenantId);
  given.set("note", "by form");
  expect(await call({ sid, given })).toEqual({ ok: true, data: "by form" });
});

test("a refusal is shown in its own words, a bug only by the request's number", async () => {
  const { sid } = await openSession("owner");
  const session = await findSession(sid);
  if (session === null) throw new Error("No session.");
  const facts = makeRequest();
  const scope = operatorScope(session, facts);
  const request = {
    headers: new Headers({ origin: appOrigin }),
    appOrigin,
    facts,
    findScope: async () => scope,
  };
  const fail = (error: Error) =>
    runAction({ schema, isPublic: false, handler: () => Promise.reject(error) }, request, input);
  const refusal = new AppError("conflict", "Somebody was faster.", { note: "Look again." });
  expect(await fail(refusal)).toEqual({
    ok: false,
    message: "Somebody was faster.",
    fields: { note: "Look again." },
  });
  const answer = await fail(new Error("connection to CANARY failed"));
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(facts.requestId), fields: {} });
  expect(JSON.stringify(answer)).not.toContain("CANARY");
});
