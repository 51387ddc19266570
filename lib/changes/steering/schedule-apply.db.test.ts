import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import { planChange } from "@/lib/changes/mutations";
import { scheduleChange, unscheduleChange } from "@/lib/changes/steering/schedule-change";
import { scheduleChangeSchema } from "@/lib/changes/steering/schedule-schema";
import { resumeFleet, stopFleet } from "@/lib/fleet/stop-fleet";
import { connectFast, statsOf, untilStanding } from "@/test/changes";
import type { FleetTenant } from "@/test/fleet";
import { makeOperator } from "@/test/scope";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  await stack.startWorker();
});
afterAll(() => stack?.close());

/** Plans one new person and schedules it half a year ahead. */
async function schedule(scope: Scope, tenant: FleetTenant): Promise<string> {
  const { changeId, planHash } = await planChange(scope, {
    intent: {
      kind: "onboard",
      personId: randomUUID(),
      attributes: { givenName: "Ana", familyName: "Ruiz" },
      groups: [],
      accounts: [{ tenantId: tenant.tenantId, userName: `ana@${tenant.domain}` }],
    },
    reason: "Starts on a day to come",
    ticket: null,
  });
  await scheduleChange(scope, {
    changeId,
    planHash,
    zone: "Asia/Kathmandu",
    when: { localDateTime: localInDays(180) },
  });
  return changeId;
}

function localInDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
}

/** Makes it due, by the database's clock. */
async function makeDue(changeId: string, ago = "1 second"): Promise<void> {
  await stack.rows(
    `UPDATE change SET scheduled_at = now() - $2::interval, expires_at = now() - $2::interval + interval '1 day' WHERE id = $1`,
    [changeId, ago],
  );
}

async function untilState(changeId: string, state: string): Promise<void> {
  await waitFor(async () => {
    const [row] = await stack.rows<{ state: string }>("SELECT state FROM change WHERE id = $1", [changeId]);
    return row?.state === state;
  }, `the change to be ${state}`);
}

function eventsOf(changeId: string, action: string) {
  return stack.rows("SELECT body FROM event WHERE change_id = $1 AND action = $2", [changeId, action]);
}

function issuesOf(changeId: string) {
  return stack.rows<{ detail: string; times: number; subject: string }>(
    "SELECT detail, times, subject FROM issue WHERE change_id = $1 AND code = 'schedule-missed' AND state = 'open'",
    [changeId],
  );
}

test("a scheduled change is applied once although two workers wake", async () => {
  const tenant = await connectFast(stack, "once", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  expect(await getChange(stack.owner, { changeId })).toMatchObject({
    standing: "scheduled",
    zone: "Asia/Kathmandu",
  });
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(0);
  await makeDue(changeId);
  await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(await eventsOf(changeId, "change.applied")).toHaveLength(1);
  expect(await statsOf(stack, tenant)).toMatchObject({ createsAccepted: 1, duplicateCreates: {} });
  expect(await issuesOf(changeId)).toEqual([]);
});

test("a change scheduled by an operator who lost the tenant is not applied", async () => {
  const tenant = await connectFast(stack, "lost", { reads: "mailbox" });
  const { scope, operator } = await makeOperator(stack.database, "technician", [tenant.tenantId]);
  const changeId = await schedule(scope, tenant);
  await stack.rows("DELETE FROM tenant_grant WHERE operator_id = $1", [operator.id]);
  await makeDue(changeId);
  await untilState(changeId, "ready");
  const [issue, ...more] = await issuesOf(changeId);
  expect(issue?.detail).toContain("may no longer act");
  expect(more).toEqual([]);
  expect(await eventsOf(changeId, "change.schedule_missed")).toHaveLength(1);
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(0);
});

test("a scheduled plan that changed is not applied; its time stays visible, and scheduling it again resolves the issue", async () => {
  const tenant = await connectFast(stack, "moved", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  const { tenantId } = tenant;
  await stack.rows("UPDATE tenant SET mode = 'observe' WHERE id = $1", [tenantId]);
  await makeDue(changeId);
  await untilState(changeId, "ready");
  const change = await getChange(stack.owner, { changeId });
  expect(change).toMatchObject({ standing: "ready", zone: "Asia/Kathmandu", scheduledAt: expect.any(Date) });
  expect(await issuesOf(changeId)).toMatchObject([{ subject: `CHG-${change.number}`, times: 1 }]);
  const { planHash } = change;
  await scheduleChange(stack.owner, {
    changeId,
    planHash,
    zone: "UTC",
    when: { localDateTime: localInDays(2) },
  });
  expect(await issuesOf(changeId)).toEqual([]);
});

test("a change that no worker applied for a day expires", async () => {
  const tenant = await connectFast(stack, "late", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  await makeDue(changeId, "25 hours");
  await untilState(changeId, "expired");
  expect((await issuesOf(changeId))[0]?.detail).toContain("No worker ran for a day");
  expect((await getChange(stack.owner, { changeId })).counts).toMatchObject({ cancelled: 1, planned: 0 });
  expect((await statsOf(stack, tenant)).createsAccepted).toBe(0);
});

test("a change that is due while the fleet is stopped waits for it, and is not missed", async () => {
  const tenant = await connectFast(stack, "stopped", { reads: "mailbox" });
  const other = await connectFast(stack, "stopped-too", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  const late = await schedule(stack.owner, other);
  await stopFleet(stack.owner, { reason: "Something is wrong" });
  await makeDue(changeId);
  // An expired one ends in the same sweep, which proves that a sweep ran.
  await makeDue(late, "25 hours");
  await untilState(late, "expired");
  expect(await getChange(stack.owner, { changeId })).toMatchObject({ standing: "scheduled" });
  await resumeFleet(stack.owner, { reason: "It was nothing" });
  await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(await issuesOf(changeId)).toEqual([]);
});

test("a last day ends in its own zone with its grace, and unscheduling keeps the person active", async () => {
  const tenant = await connectFast(stack, "leaving", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  const { planHash } = await getChange(stack.owner, { changeId });
  const lastDay = localInDays(10).slice(0, 10);
  const input = scheduleChangeSchema.parse({
    changeId,
    planHash,
    zone: "Asia/Kathmandu",
    when: { lastDay, graceDays: 3 },
  });
  const { scheduledAt } = await scheduleChange(stack.owner, input);
  // Midnight in Kathmandu, four days ahead, is 18:15 of the third day in UTC.
  expect(scheduledAt.getTime()).toBe(Date.parse(`${lastDay}T18:15:00Z`) + 3 * 86_400_000);
  expect((await getChange(stack.owner, { changeId })).scheduledAt).toEqual(scheduledAt);
  await unscheduleChange(stack.owner, { changeId });
  const kept = await getChange(stack.owner, { changeId });
  expect(kept).toMatchObject({ standing: "ready", scheduledAt: null, zone: null });
  expect(kept.expiresAt.getTime() - kept.requestedAt.getTime()).toBe(86_400_000);
});

test("a time that has passed, is more than a year ahead or does not exist in the zone schedules nothing", async () => {
  const tenant = await connectFast(stack, "strict", { reads: "mailbox" });
  const changeId = await schedule(stack.owner, tenant);
  const before = await getChange(stack.owner, { changeId });
  const { planHash } = before;
  for (const [localDateTime, zone] of [
    ["2020-01-01T10:00", "UTC"],
    [localInDays(400), "UTC"],
    [localInDays(10), "Mars/Olympus"],
  ] as const) {
    const input = { changeId, planHash, zone, when: { localDateTime } };
    await expect(scheduleChange(stack.owner, input)).rejects.toThrow("Nothing was scheduled");
  }
  const other = { changeId, planHash: "0".repeat(64), zone: "UTC", when: { localDateTime: localInDays(10) } };
  await expect(scheduleChange(stack.owner, other)).rejects.toThrow("has changed since you opened it");
  expect(await getChange(stack.owner, { changeId })).toEqual(before);
});
