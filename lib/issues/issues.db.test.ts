import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scope, systemScope } from "@/lib/auth/scope";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { resolveIssues, resolveIssuesOfTenant, replaceIssue, openIssue } from "@/lib/issues/open-issue";
import { listIssues, ISSUES_PAGE } from "@/lib/issues/data";
import { getHealth } from "@/lib/tenants/data";
import { resolveIssue } from "@/lib/issues/mutations";
import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeOperator } from "@/test/scope";

let database: TestDatabase;
let owner: Scope;
const worker = systemScope("worker", "all");

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
  owner = (await makeOperator(database, "owner")).scope;
});
afterAll(async () => {
  await closeDatabase();
  await database?.drop();
});

function ask<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return askAsOwner<Row>(database.ownerUrl, sql, values);
}

async function makeTenant(set = "state = 'healthy'"): Promise<string> {
  const id = randomUUID();
  await ask("INSERT INTO tenant (id, name, tenant_url) VALUES ($1, $2, $3)", [
    id,
    `Tenant ${id}`,
    `https://x/${id}`,
  ]);
  await ask(`UPDATE tenant SET ${set} WHERE id = $1`, [id]);
  return id;
}

async function openOf(tenantId: string) {
  const { rows } = await listIssues(owner, { state: "open", tenantId });
  return rows.map(({ code, subject, times }) => [code, subject, times]);
}

function countEvents(tenantId: string, action: string) {
  return ask<{ count: number }>("SELECT count(*)::int FROM event WHERE tenant_id = $1 AND action = $2", [
    tenantId,
    action,
  ]).then(([row]) => row?.count);
}

test("a repeated reason keeps one issue, and an aspect of a tenant has one reason at a time", async () => {
  const tenantId = await makeTenant();
  await transaction(worker, async (tx) => {
    const issue = { tenantId, subject: "connection", detail: "" };
    await replaceIssue(tx, worker, { ...issue, code: "timeout" });
    await replaceIssue(tx, worker, { ...issue, code: "timeout" });
    await openIssue(tx, worker, { tenantId, code: "timeout", subject: "reading", detail: "" });
    await openIssue(tx, worker, { tenantId, code: "drift-found", detail: "" });
  });
  expect(await openOf(tenantId)).toEqual(
    expect.arrayContaining([
      ["timeout", "connection", 2],
      ["timeout", "reading", 1],
      ["drift-found", "", 1],
    ]),
  );
  expect(await countEvents(tenantId, "issue.opened")).toBe(3);
  await transaction(worker, (tx) =>
    replaceIssue(tx, worker, { tenantId, subject: "connection", code: "tls", detail: "" }),
  );
  expect(await openOf(tenantId)).toHaveLength(3);
  expect(await openOf(tenantId)).toContainEqual(["tls", "connection", 1]);
  await transaction(worker, (tx) => resolveIssues(tx, worker, { tenantId, code: "drift-found" }));
  await transaction(worker, (tx) => resolveIssuesOfTenant(tx, worker, { tenantId, subject: "connection" }));
  expect(await openOf(tenantId)).toEqual([["timeout", "reading", 1]]);
  await transaction(worker, (tx) => resolveIssuesOfTenant(tx, worker, { tenantId }));
  expect(await openOf(tenantId)).toEqual([]);
  expect(await countEvents(tenantId, "issue.resolved")).toBe(4);
});

test("the pages of issues show each once, the newest first, also those of one moment", async () => {
  const tenantId = await makeTenant();
  await ask(
    `INSERT INTO issue (tenant_id, code, subject, last_at)
     SELECT $1, 'timeout', n::text, '2026-11-21T10:00:00Z'::timestamptz + (n / 40) * interval '1 second' FROM generate_series(1, 120) n`,
    [tenantId],
  );
  const seen: { subject: string; lastAt: Date }[] = [];
  let after: string | undefined;
  do {
    const page = await listIssues(owner, { state: "open", tenantId, after });
    expect(page.rows.length).toBeLessThanOrEqual(ISSUES_PAGE);
    seen.push(...page.rows);
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(seen.map(({ subject }) => subject)).size).toBe(120);
  expect(seen).toHaveLength(120);
  expect(seen.map(({ lastAt }) => lastAt.getTime())).toEqual(
    seen.map(({ lastAt }) => lastAt.getTime()).toSorted((a, b) => b - a),
  );
  expect(
    (await listIssues(owner, { state: "open", tenantId, after: "no cursor of ours" })).rows,
  ).toHaveLength(50);
});

test("everybody sees an issue of the fleet, and an owner resolves it, once", async () => {
  const [issue] = await ask<{ id: string }>("INSERT INTO issue (code) VALUES ('fleet-stopped') RETURNING id");
  const issueId = issue?.id ?? "";
  const { scope: technician } = await makeOperator(database, "technician");
  const { scope: auditor } = await makeOperator(database, "auditor");
  const shown = await listIssues(technician, { state: "open" });
  expect(shown.rows).toMatchObject([{ id: issueId, tenant: null }]);
  await expect(resolveIssue(technician, { issueId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(resolveIssue(auditor, { issueId })).rejects.toMatchObject({ code: "forbidden" });
  await resolveIssue(owner, { issueId });
  await resolveIssue(owner, { issueId });
  expect((await listIssues(technician, { state: "resolved" })).rows).toMatchObject([
    { resolvedBy: "Test owner" },
  ]);
  expect(await ask("SELECT FROM event WHERE action = 'issue.resolved' AND tenant_id IS NULL")).toHaveLength(
    1,
  );
});

test("a tenant's health shows its current rate and what it waits for", async () => {
  const tenantId = await makeTenant(
    `state = 'quarantined', reason = 'tls', rate = 1, rate_max = 1.15, rate_at = now() - interval '150 seconds',
     failures = 2, probes = 3, quarantined_at = now(), probe_next_at = now() + interval '6 hours'`,
  );
  expect(await getHealth(owner, { tenantId })).toMatchObject({
    state: "quarantined",
    reason: "tls",
    rate: 1.15,
    failures: 2,
    probes: 3,
    probeNextAt: expect.any(Date),
    issues: 0,
  });
});
