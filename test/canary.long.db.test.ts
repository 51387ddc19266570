import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getEvent, listEvents } from "@/lib/audit/data";
import { listReads } from "@/lib/directory/data";
import { requestRead } from "@/lib/directory/mutations";
import { getChange, listAttempts, listChanges, listRuns } from "@/lib/changes/data";
import { getTenant, listTenants } from "@/lib/tenants/data";
import { connectTenant, disconnectTenant, replaceToken, viewFingerprint } from "@/lib/tenants/mutations";
import { connectFast, onboard, operationsOf, setFaults, untilStanding, untilTenant } from "@/test/changes";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/* Known tokens go through every feature, and every store is then searched for them. None may hold one. */

// Allows for a busy machine; every wait below ends as soon as its condition holds.
vi.setConfig({ testTimeout: 120_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

/** A token in the spellings in which it could hide. */
function spellingsOf(token: string): string[] {
  const bytes = Buffer.from(token);
  return [
    token,
    bytes.toString("hex"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    encodeURIComponent(token),
    `Bearer ${token}`,
  ];
}

/** Every row of every table of ours and of the queue, as text. */
async function dump(): Promise<string> {
  const tables = await stack.rows<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  const selects = tables.map(({ name }) => `SELECT '${name} ' || t::text AS line FROM ${name} t`);
  const lines = await stack.rows<{ line: string }>(selects.join(" UNION ALL "));
  return lines.map(({ line }) => line).join("\n");
}

/** All data of a tenant that pages and routes can return. */
async function readAll(tenantId: string): Promise<string> {
  const { owner } = stack;
  const { rows } = await listChanges(owner, {});
  const changes = await Promise.all(rows.map(({ id }) => getChange(owner, { changeId: id })));
  const operations = changes.flatMap(operationsOf);
  const attempts = await Promise.all(operations.map(({ id }) => listAttempts(owner, { operationId: id })));
  const events = await listEvents(owner, { limit: 100 });
  const details = await Promise.all(events.items.map(({ id }) => getEvent(owner, { id: Number(id) })));
  expect(attempts.flat().length).toBeGreaterThan(0);
  return JSON.stringify([
    await listTenants(owner),
    await getTenant(owner, { tenantId }),
    await listReads(owner, { tenantId, limit: 50 }),
    await listRuns(owner, { tenantId, limit: 50 }),
    changes,
    attempts,
    events,
    details,
  ]);
}

test("a token that was connected, used, echoed, refused, replaced and destroyed is found nowhere", async () => {
  const { owner, simulator, worker } = stack;
  const tokens = ["connected", "replaced"].map((use) => `CANARY-${use}-${randomBytes(16).toString("hex")}`);
  const [refused = "", second = ""] = tokens;

  // Refused at first, then echoed by a tenant that returns its input, then used as a page's parameter.
  const { tenantUrl } = await simulator.createTenant({ name: "Echo", slug: "echo" });
  const { tenantId } = await connectTenant(owner, { name: "Echo", tenantUrl, token: refused, domains: [] });
  const echo = { tenantId, slug: "echo", domain: "echo.example", token: refused, tenantUrl };
  await untilTenant(owner, echo, ({ reason }) => reason === "token-rejected", "to be refused");
  await setFaults(stack, echo, [{ kind: "echo-auth" }]);
  await replaceToken(owner, { tenantId, token: second, reason: "The first was refused" });
  await untilTenant(owner, echo, ({ reason }) => reason === "tenant-error", "to echo");

  // In real use: reads and writes that succeed, and reads and writes that are answered with the token itself.
  const used = await connectFast(stack, "used", { people: 3, syncEverySeconds: 1, processingMs: 10 });
  tokens.push(used.token);
  await untilStanding(owner, await onboard(owner, used, "ana", { groups: ["Staff"] }), "confirmed");
  await setFaults(stack, used, [{ kind: "echo-auth", times: 3 }]);
  await untilStanding(owner, await onboard(owner, used, "bob"), "confirmed");
  await setFaults(stack, used, [{ kind: "echo-auth", match: { method: "GET" }, times: 1 }]);
  await requestRead(owner, { tenantId: used.tenantId });
  await waitFor(async () => {
    const reads = await listReads(owner, { tenantId: used.tenantId, limit: 1 });
    return reads[0]?.state === "failed";
  }, "a read that was answered with the token");

  const { token: rotated } = await simulator.control<{ token: string }>(
    "POST",
    "/tenants/used/token/regenerate",
  );
  tokens.push(rotated);
  await viewFingerprint(owner, { tenantId: used.tenantId });
  await replaceToken(owner, { tenantId: used.tenantId, token: rotated, reason: "Rotation" });
  await untilStanding(owner, await onboard(owner, used, "cy"), "confirmed");
  await disconnectTenant(owner, { tenantId, name: "Echo", reason: "Done with it" });

  const answers = [await readAll(used.tenantId), await readAll(tenantId)].join("\n");
  const stored = await dump();
  // The search itself works: it finds a text that is known to be there.
  expect(stored).toContain("sealed_token ");
  expect(stored).toContain("/Users");
  expect(stored).toContain("Request failed: ");
  expect(await worker.stop()).toBe(0);
  expect(worker.output()).toContain('"working"');
  for (const token of tokens) {
    for (const spelling of spellingsOf(token)) {
      expect(stored.includes(spelling), `in the database: ${spelling}`).toBe(false);
      expect(answers.includes(spelling), `in what pages are given: ${spelling}`).toBe(false);
      expect(worker.output().includes(spelling), `in the worker's log: ${spelling}`).toBe(false);
    }
  }
});
