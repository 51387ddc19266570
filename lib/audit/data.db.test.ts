import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getEvent, getSealStatus, listEvents } from "@/lib/audit/data";
import type { AuditAction, AuditEvent } from "@/lib/audit/log/events";
import { as, createLogUnderTest, type LogUnderTest, query, testScope } from "@/test/audit-log";
import { type EventFilter, eventFilterSchema } from "@/lib/audit/schema";
import { type Scope, systemScope } from "@/lib/auth/scope";

const contoso = "0b5c9d7e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const fabrikam = "1b5c9d7e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const ofContoso = systemScope("test", [contoso]);

let log: LogUnderTest;

/** 1 sign-in, 2 Contoso paused, 3 Fabrikam renamed, sealed; 4 to 6 Contoso probed, waiting. */
beforeAll(async () => {
  log = await createLogUnderTest();
  for (const [id, name] of [
    [contoso, "Contoso Legal"],
    [fabrikam, "Fabrikam"],
  ])
    await query(
      log.ownerUrl,
      "SELECT set_config('app.all', 'on', false)",
      `INSERT INTO tenant (id, name, tenant_url) VALUES ('${id}', '${name}', 'https://${id}.example')`,
    );
  const renamed: AuditEvent = {
    action: "tenant.renamed",
    tenantId: fabrikam,
    target: "100% Fabrikam_Ltd",
    result: "renamed",
    reason: "Merged",
    ticket: "HALO-48190",
    before: { name: "Fabrikam", domains: ["a.example", "b.example"], same: 1 },
    after: { name: "100% Fabrikam_Ltd", domains: [], same: 1 },
    details: { rate: 2 },
  };
  await log.append(
    { action: "session.signed_in", target: "priya@msp.example" },
    { action: "tenant.paused", tenantId: contoso, target: "Contoso Legal", reason: "Fire drill" },
    renamed,
  );
  await log.seal();
  await log.append(
    ...[4, 5, 6].map((n): AuditEvent => ({ action: "tenant.probed", tenantId: contoso, target: `${n}` })),
  );
});
afterAll(() => log.end());

function list(scope: Scope, query: Partial<Record<keyof EventFilter, string>>) {
  return as(log.webUrl, () => listEvents(scope, eventFilterSchema.parse(query)));
}

async function ids(query: Partial<Record<keyof EventFilter, string>>, scope = testScope): Promise<number[]> {
  return (await list(scope, query)).items.map(({ id }) => id);
}

test("the log is listed newest first and paged by key, without a row twice or missing", async () => {
  const first = await list(testScope, { limit: "4" });
  expect(first.items.map(({ id }) => id)).toEqual([6, 5, 4, 3]);
  expect(first.older).toBe(3);
  const second = await list(testScope, { limit: "4", before: "3" });
  expect(second.items.map(({ id }) => id)).toEqual([2, 1]);
  expect(second.older).toBeNull();
});

test("an event names its tenant, actor and result", async () => {
  const { items } = await list(testScope, { action: "tenant.renamed" });
  expect(items).toMatchObject([
    {
      id: 3,
      actor: { kind: "system", id: "test", name: "test" },
      tenant: { id: fabrikam, name: "Fabrikam" },
      change: null,
      target: "100% Fabrikam_Ltd",
      result: "renamed",
    },
  ]);
});

describe("a filter", () => {
  test.each([
    ["tenant", { tenantId: contoso }, [6, 5, 4, 2]],
    ["action", { action: "session.signed_in" }, [1]],
    ["actor", { actorId: "test" }, [6, 5, 4, 3, 2, 1]],
    ["another actor", { actorId: "somebody" }, []],
    [
      "anybody and anything, as a form sends them",
      { actorId: "any", action: "any", text: "", from: "" },
      [6, 5, 4, 3, 2, 1],
    ],
    ["days to come", { from: "2099-01-01" }, []],
    ["days past", { to: "2020-01-01" }, []],
    ["text in a target, in any case", { text: "PRIYA@" }, [1]],
    ["text in a reason", { text: "fire drill" }, [2]],
    ["text in a ticket", { text: "48190" }, [3]],
    ["text with a wildcard's characters, taken literally", { text: "0% Fabrikam_L" }, [3]],
    ["a wildcard alone, which is no wildcard", { text: "%_" }, []],
    ["text that only names of fields hold", { text: "requestId" }, []],
    ["two at once", { tenantId: contoso, text: "fire" }, [2]],
    [
      "values that make no sense, which are left out",
      { tenantId: "x", action: "x", from: "x", before: "-1", limit: "x" },
      [6, 5, 4, 3, 2, 1],
    ],
  ])("by %s", async (_, query, found) => {
    expect(await ids(query)).toEqual(found);
  });
});

test("a day is shown from its first moment to its last", async () => {
  const { items } = await list(testScope, {});
  const [to, from] = [items[0]?.at.slice(0, 10), items.at(-1)?.at.slice(0, 10)];
  expect(await ids({ from, to })).toEqual([6, 5, 4, 3, 2, 1]);
});

test("a search in a log too long to read at once says that it stopped, and continues from there", async () => {
  const search = (before?: number) =>
    as(log.webUrl, () => listEvents(testScope, eventFilterSchema.parse({ text: "priya", before }), 3));
  expect(await search()).toEqual({ items: [], older: 4, isCutShort: true });
  expect(await search(4)).toMatchObject({ items: [{ id: 1 }], older: 1, isCutShort: true });
  expect(await search(1)).toEqual({ items: [], older: null, isCutShort: false });
});

test("an event whose body was made unreadable is still listed", async () => {
  const edited = await createLogUnderTest();
  try {
    await edited.append({ action: "tenant.paused", target: "Contoso" });
    await edited.attack("UPDATE event SET body = '{'");
    const { items } = await as(edited.webUrl, () => listEvents(testScope, eventFilterSchema.parse({})));
    expect(items).toMatchObject([{ id: 1, action: "tenant.paused", target: "" }]);
  } finally {
    await edited.end();
  }
});

test("a scope sees the events of its tenants, and none without a tenant", async () => {
  expect(await ids({}, ofContoso)).toEqual([6, 5, 4, 2]);
  expect(await ids({ tenantId: fabrikam }, ofContoso)).toEqual([]);
  expect(await ids({ text: "priya" }, ofContoso)).toEqual([]);
  expect(await ids({}, systemScope("test", []))).toEqual([]);
});

test("an event of another tenant is answered as missing", async () => {
  for (const id of [1, 3, 99]) {
    const getting = as(log.webUrl, () => getEvent(ofContoso, { id }));
    await expect(getting).rejects.toMatchObject({ code: "not-found" });
  }
});

test("an event's detail shows what changed, why, and its position in the chain", async () => {
  const event = await as(log.webUrl, () => getEvent(testScope, { id: 3 }));
  expect(event).toMatchObject({
    reason: "Merged",
    ticket: "HALO-48190",
    requestId: "request-1",
    values: [
      { field: "domains", before: "a.example, b.example", after: null },
      { field: "name", before: "Fabrikam", after: "100% Fabrikam_Ltd" },
    ],
    details: [{ field: "rate", value: "2" }],
    sealed: { seq: 3, sealNumber: 1 },
  });
  expect(event.leaf).toMatch(/^[0-9a-f]{64}$/);
  expect((await as(log.webUrl, () => getEvent(testScope, { id: 6 }))).sealed).toBeNull();
});

test("the status shows how far the log is sealed and how many events wait", async () => {
  const status = await as(log.webUrl, () => getSealStatus(testScope));
  expect(status).toMatchObject({ sealedTo: { eventId: 3, sealNumber: 1 }, waiting: 3, verified: null });
  const oldest = Date.parse(status.oldestWaitingAt ?? "");
  for (const [waitedMs, isLate] of [
    [59_000, false],
    [61_000, true],
  ] as const) {
    const then = new Date(oldest + waitedMs);
    expect(await as(log.webUrl, () => getSealStatus(testScope, then))).toMatchObject({ isLate });
  }
});

test("an empty log has a status too", async () => {
  const empty = await createLogUnderTest();
  try {
    const status = await as(empty.webUrl, () => getSealStatus(testScope));
    expect(status).toEqual({
      sealedTo: null,
      waiting: 0,
      oldestWaitingAt: null,
      isLate: false,
      verified: null,
    });
    expect(
      await as(empty.webUrl, () => listEvents(testScope, eventFilterSchema.parse({ text: "x" }))),
    ).toEqual({
      items: [],
      older: null,
      isCutShort: false,
    });
  } finally {
    await empty.end();
  }
});

test("events that were sealed under an old name are found and shown under the current name", async () => {
  const old = "tenant.sync_asked" as AuditAction;
  await log.append(
    { action: old, tenantId: contoso, target: "before the renaming" },
    { action: "tenant.sync_requested", tenantId: contoso, target: "after it" },
  );
  for (const action of ["tenant.sync_requested", "tenant.sync_asked"]) {
    const { items } = await list(testScope, { action });
    expect(items.map((item) => [item.action, item.target])).toEqual([
      ["tenant.sync_requested", "after it"],
      ["tenant.sync_requested", "before the renaming"],
    ]);
  }
});
