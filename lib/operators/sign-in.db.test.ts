import { afterAll, beforeAll, expect, test } from "vitest";
import { operatorScope } from "@/lib/auth/scope";
import { findSession, sessionAbsoluteMs, sessionIdleMs } from "@/lib/auth/session";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import * as mutations from "@/lib/operators/mutations";
import { type SignInOutcome, signIn, signOut } from "@/lib/operators/sign-in";
import { strangersAtOnce } from "@/lib/operators/stranger-places";
import { strangersAMinute } from "@/lib/operators/throttle";
import type { KnownDevice } from "@/lib/web/device-cookie";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator, makeRequest, operatorPassword } from "@/test/scope";

let database: TestDatabase;
const everything = { tenants: "all" } as const;
const now = new Date("2026-11-21T10:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

function after(ms: number): Date {
  return new Date(now.getTime() + ms);
}

function right(email: string) {
  return { email, password: operatorPassword };
}

function wrong(email: string) {
  return { email, password: "not the password" };
}

function sidOf(outcome: SignInOutcome): string {
  if (!outcome.ok) throw new Error(`Not signed in: ${outcome.reason}`);
  return outcome.sid;
}

function deviceOf(outcome: SignInOutcome): KnownDevice {
  if (!outcome.ok) throw new Error(`Not signed in: ${outcome.reason}`);
  return outcome.device;
}

/** The bodies of the events about signing in, oldest first. */
async function listEvents(email: string): Promise<Record<string, unknown>[]> {
  const rows = await transaction(everything, (tx) => tx.event.findMany({ orderBy: { id: "asc" } }));
  const bodies = rows.map((row) => JSON.parse(row.body) as Record<string, unknown>);
  return bodies.filter((body) => body.target === email);
}

test("the right password opens a session of the operator, and each sign-in a new one", async () => {
  const { operator } = await makeOperator(database, "auditor");
  const request = makeRequest("192.0.2.10");
  const first = sidOf(await signIn(request, right(operator.email), now));
  const second = sidOf(await signIn(request, right(operator.email), now));
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(second).not.toBe(first);
  expect(await findSession(first, now)).toMatchObject({
    operatorId: operator.id,
    role: "auditor",
    tenantIds: [],
  });
  const rows = await transaction(everything, (tx) =>
    tx.session.findMany({ where: { operatorId: operator.id } }),
  );
  expect(JSON.stringify(rows)).not.toContain(first);
  const actor = {
    kind: "operator",
    id: operator.id,
    name: operator.name,
    role: "auditor",
    address: "192.0.2.10",
  };
  expect(await listEvents(operator.email)).toEqual([
    expect.objectContaining({ action: "session.signed_in", actor }),
    expect.objectContaining({ action: "session.signed_in", actor }),
  ]);
});

test("of 200 simultaneous wrong passwords from one address one is checked", async () => {
  const { operator } = await makeOperator(database, "owner");
  const tries = Array.from({ length: 200 }, () =>
    signIn(makeRequest("198.51.100.9"), wrong(operator.email), now),
  );
  const outcomes = await Promise.all(tries);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === "mismatch")).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === "blocked")).toHaveLength(199);
  expect(await listEvents(operator.email)).toEqual([
    expect.objectContaining({ action: "session.refused", result: "refused", reason: "wrong-password" }),
  ]);
});

test("in the waiting time the right password is refused unread and not counted, and after it accepted", async () => {
  const { operator } = await makeOperator(database, "owner");
  const request = makeRequest("192.0.2.77");
  const countFailures = () =>
    transaction(everything, (tx) =>
      tx.loginThrottle.findFirst({ where: { key: { startsWith: `account:${operator.email}` } } }),
    );
  expect(await signIn(request, wrong(operator.email), now)).toMatchObject({ retryInMs: 1_000 });
  expect(await signIn(request, wrong(operator.email), after(1_000))).toMatchObject({ retryInMs: 2_000 });
  const before = await countFailures();
  expect(before).toMatchObject({ failures: 2, blockedTo: after(3_000) });
  expect(await signIn(request, right(operator.email), after(2_999))).toEqual({
    ok: false,
    reason: "blocked",
    retryInMs: 1,
  });
  expect(await countFailures()).toEqual(before);
  expect(await signIn(request, right(operator.email), after(3_000))).toMatchObject({ ok: true });
  expect(await countFailures()).toBeNull();
});

test("while a stranger guesses without end, the operator signs in from any other address", async () => {
  const { operator } = await makeOperator(database, "owner");
  for (let second = 0; second < 12; second++)
    await signIn(
      makeRequest(`203.0.113.${100 + (second % 4)}`),
      wrong(operator.email),
      after(second * 1_000),
    );
  expect(await signIn(makeRequest("203.0.113.99"), right(operator.email), after(12_000))).toMatchObject({
    ok: true,
  });
});

test("a device that signed in before is let in from the address that a stranger guesses from", async () => {
  const { operator } = await makeOperator(database, "owner");
  const address = "203.0.113.140";
  const device = deviceOf(await signIn(makeRequest(address), right(operator.email), now));
  const tried = { failures: 40, blockedTo: after(900_000), updatedAt: now };
  await transaction(everything, (tx) =>
    tx.loginThrottle.update({ where: { key: `address:${address}` }, data: tried }),
  );
  expect(await signIn(makeRequest(address), right(operator.email), now)).toMatchObject({ reason: "blocked" });
  expect(await signIn({ ...makeRequest(address), device }, right(operator.email), now)).toMatchObject({
    ok: true,
    device,
  });
});

test("a known device has a count of its own, and is a stranger to every other account", async () => {
  const { operator } = await makeOperator(database, "owner");
  const { operator: other } = await makeOperator(database, "owner");
  const address = "203.0.113.150";
  const device = deviceOf(await signIn(makeRequest(address), right(operator.email), now));
  const known = { ...makeRequest(address), device };
  expect(await signIn(known, wrong(operator.email), now)).toMatchObject({
    reason: "mismatch",
    retryInMs: 1_000,
  });
  expect(await signIn(known, right(operator.email), after(999))).toMatchObject({
    reason: "blocked",
    retryInMs: 1,
  });
  expect(await signIn(known, wrong(other.email), now)).toMatchObject({ reason: "mismatch" });
  expect(await signIn(makeRequest(address), right(other.email), now)).toMatchObject({ reason: "blocked" });
  const next = deviceOf(await signIn(known, right(other.email), after(1_000)));
  expect(next.id).not.toBe(device.id);
  expect(next.email).toBe(other.email);
});

test("of 60 unknown accounts at once few are checked, and a known device waits for none of them", async () => {
  const { operator } = await makeOperator(database, "owner");
  const device = deviceOf(await signIn(makeRequest(), right(operator.email), now));
  let strangersLeft = 60;
  const strangers = Array.from({ length: 60 }, async (_, index) => {
    const outcome = await signIn(
      makeRequest(`198.51.100.${index + 1}`),
      wrong(`nobody-${index}@rollcall.test`),
      now,
    );
    strangersLeft--;
    return outcome;
  });
  expect(await signIn({ ...makeRequest(), device }, right(operator.email), now)).toMatchObject({ ok: true });
  expect(strangersLeft).toBeGreaterThan(0);
  const outcomes = await Promise.all(strangers);
  const checked = outcomes.filter((outcome) => !outcome.ok && outcome.reason === "mismatch");
  expect(checked).toHaveLength(strangersAtOnce);
  expect(await signIn(makeRequest(), right(operator.email), now)).toMatchObject({ ok: true });
});

test("all strangers together have a budget, which known devices neither need nor use, and it leaves no rows", async () => {
  const { operator } = await makeOperator(database, "owner");
  const device = deviceOf(await signIn(makeRequest(), right(operator.email), now));
  const spent = { failures: strangersAMinute, blockedTo: now, updatedAt: now };
  await transaction(everything, (tx) =>
    tx.loginThrottle.upsert({
      where: { key: "strangers" },
      create: { key: "strangers", ...spent },
      update: spent,
    }),
  );
  const count = () => transaction(everything, (tx) => tx.loginThrottle.count());
  const rows = await count();
  expect(await signIn(makeRequest("192.0.2.201"), right(operator.email), after(20_000))).toEqual({
    ok: false,
    reason: "blocked",
    retryInMs: 40_000,
  });
  expect(await count()).toBe(rows);
  expect(await signIn({ ...makeRequest(), device }, right(operator.email), after(20_000))).toMatchObject({
    ok: true,
  });
  expect(await signIn(makeRequest("192.0.2.201"), right(operator.email), after(60_000))).toMatchObject({
    ok: true,
  });
});

test("counts that ended are deleted once a minute while strangers try", async () => {
  const ended = {
    key: "account:gone@rollcall.test from 192.0.2.9",
    failures: 3,
    blockedTo: now,
    updatedAt: now,
  };
  await transaction(everything, (tx) => tx.loginThrottle.create({ data: ended }));
  await signIn(makeRequest(), wrong("nobody@rollcall.test"), after(25 * 60 * 60 * 1000));
  const found = await transaction(everything, (tx) =>
    tx.loginThrottle.findUnique({ where: { key: ended.key } }),
  );
  expect(found).toBeNull();
});

test("failures are forgotten a day after the first", async () => {
  const { operator } = await makeOperator(database, "owner");
  const request = makeRequest("192.0.2.88");
  await signIn(request, wrong(operator.email), now);
  expect(await signIn(request, wrong(operator.email), after(60_000))).toMatchObject({ retryInMs: 2_000 });
  const nextDay = after(24 * 60 * 60 * 1000);
  expect(await signIn(request, wrong(operator.email), nextDay)).toMatchObject({ retryInMs: 1_000 });
});

test("one address may not try many accounts, and a successful sign-in gives back only its own try", async () => {
  const { operator } = await makeOperator(database, "owner");
  const request = makeRequest("203.0.113.7");
  const tried = { key: "address:203.0.113.7", failures: 30, blockedTo: now, updatedAt: now };
  await transaction(everything, (tx) => tx.loginThrottle.create({ data: tried }));
  // A correct 31st try from there adds no wait.
  expect(await signIn(request, right(operator.email), now)).toMatchObject({ ok: true });
  expect(await signIn(request, wrong("nobody@rollcall.test"), now)).toMatchObject({ reason: "mismatch" });
  expect(await signIn(request, right(operator.email), now)).toMatchObject({
    reason: "blocked",
    retryInMs: 1_000,
  });
  expect(await signIn(makeRequest("203.0.113.8"), right(operator.email), now)).toMatchObject({ ok: true });
});

test("an unknown address, a wrong password and a disabled operator get one answer", async () => {
  const { scope } = await makeOperator(database, "owner");
  const { operator } = await makeOperator(database, "technician");
  const { operator: former } = await makeOperator(database, "technician");
  await mutations.disableOperator(scope, { operatorId: former.id });
  const outcomes = [
    await signIn(makeRequest("192.0.2.61"), wrong("stranger@rollcall.test"), now),
    await signIn(makeRequest("192.0.2.62"), wrong(operator.email), now),
    await signIn(makeRequest("192.0.2.63"), right(former.email), now),
  ];
  for (const outcome of outcomes)
    expect(outcome).toEqual({ ok: false, reason: "mismatch", retryInMs: 1_000 });
  const [unknown] = await listEvents("unknown operator");
  expect(unknown).toMatchObject({ action: "session.refused", reason: "unknown-operator" });
  expect(JSON.stringify(unknown)).not.toContain("stranger@");
});

test("two hours without a request end a session, and twelve hours end it in any case", async () => {
  const { operator } = await makeOperator(database, "owner");
  const idle = sidOf(await signIn(makeRequest(), right(operator.email), now));
  expect(await findSession(idle, after(sessionIdleMs))).toBeNull();
  const busy = sidOf(await signIn(makeRequest(), right(operator.email), now));
  for (let ms = 0; ms < sessionAbsoluteMs; ms += sessionIdleMs / 2)
    expect(await findSession(busy, after(ms))).not.toBeNull();
  expect(await findSession(busy, after(sessionAbsoluteMs))).toBeNull();
});

test("signing in again in a browser ends the session that it had, and no other", async () => {
  const { operator } = await makeOperator(database, "owner");
  const first = sidOf(await signIn(makeRequest(), right(operator.email), now));
  const elsewhere = sidOf(await signIn(makeRequest(), right(operator.email), now));
  expect(await signIn({ ...makeRequest(), sid: first }, wrong(operator.email), now)).toMatchObject({
    ok: false,
  });
  expect(await findSession(first, now)).not.toBeNull();
  const second = sidOf(await signIn({ ...makeRequest(), sid: first }, right(operator.email), now));
  expect(await findSession(first, now)).toBeNull();
  expect(await findSession(elsewhere, now)).not.toBeNull();
  expect(await findSession(second, now)).not.toBeNull();
});

test("a session that was signed out is over, and an invented one is never valid", async () => {
  const { operator } = await makeOperator(database, "owner");
  const sid = sidOf(await signIn(makeRequest(), right(operator.email), now));
  const session = await findSession(sid, now);
  if (session === null) throw new Error("No session.");
  await signOut(operatorScope(session, makeRequest()), now);
  await signOut(operatorScope(session, makeRequest()), now);
  expect(await findSession(sid, now)).toBeNull();
  expect(await findSession("A".repeat(43), now)).toBeNull();
  const actions = (await listEvents(operator.name)).map((body) => body.action);
  expect(actions.filter((action) => action === "session.signed_out")).toHaveLength(1);
});

test("without a database nobody is signed in", async () => {
  const lost = await createTestDatabase();
  const { operator } = await makeOperator(lost, "owner");
  await closeDatabase();
  connectDatabase(lost.webUrl);
  await lost.drop();
  await expect(signIn(makeRequest(), right(operator.email), now)).rejects.toThrow();
  await closeDatabase();
  connectDatabase(database.webUrl);
});
