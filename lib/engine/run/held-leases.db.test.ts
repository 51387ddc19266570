import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { endDrive } from "@/lib/engine/end-run";
import { holdLease } from "@/lib/engine/run/held-leases";
import { recordResults } from "@/lib/engine/send/record";
import { extendLeases, takeRun } from "@/lib/engine/run/run-lease";
import { LeaseLostError } from "@/lib/engine/run/taken-run";
import { createRunsUnderTest, type RunsUnderTest, scopeOf, toAccepted } from "@/test/runs";

/* Several runs held by one worker: their leases are extended together, but each is stopped or lost alone. */

let under: RunsUnderTest;
beforeAll(async () => {
  under = await createRunsUnderTest();
});
afterAll(() => under.close());

const takeThree = () => Promise.all([under.takeNew(3), under.takeNew(3), under.takeNew(3)]);

test("a worker that holds many runs renews all leases with one statement and stops only the paused ones", async () => {
  const runs = await takeThree();
  const stopped: string[] = [];
  const leases = runs.map((run) =>
    holdLease(
      run,
      () => stopped.push(run.id),
      (error) => expect.unreachable(String(error)),
    ),
  );
  try {
    await under.rows("UPDATE run SET state = 'paused' WHERE id = $1", [runs[1].id]);
    const ids = runs.map(({ id }) => id);
    const before = await under.rows<{ at: Date }>(
      "SELECT max(lease_until) AS at FROM run WHERE id = ANY ($1)",
      [ids],
    );
    await vi.waitFor(() => expect(stopped).toContain(runs[1].id), { timeout: 10_000 });
    // now() is constant within a transaction: one time for all means one statement.
    const after = await under.rows<{ at: Date; times: number }>(
      "SELECT max(lease_until) AS at, count(DISTINCT lease_until)::int AS times FROM run WHERE id = ANY ($1)",
      [ids],
    );
    expect(after[0]?.times).toBe(1);
    expect(after[0]?.at.getTime()).toBeGreaterThan(before[0]?.at.getTime() ?? 0);
    expect(new Set(stopped)).toEqual(new Set([runs[1].id]));
    expect(leases.map(({ signal }) => signal.aborted)).toEqual([false, false, false]);
  } finally {
    for (const lease of leases) lease.release();
  }
});

test("a holder whose run was taken is notified once, and its requests are aborted", async () => {
  const run = await under.takeNew(1);
  const lost: Error[] = [];
  const lease = holdLease(
    run,
    () => expect.unreachable("Nobody paused it"),
    (error) => lost.push(error),
  );
  try {
    await under.takeAway(run);
    await vi.waitFor(() => expect(lease.signal.aborted).toBe(true), { timeout: 10_000 });
    expect(lost).toEqual([expect.any(LeaseLostError)]);
  } finally {
    lease.release();
  }
});

test("a run whose row is locked is late, and delays neither the leases nor the results of the others", async () => {
  const [run, other] = await takeThree();
  const claimed = await under.claim(other);
  const locker = new pg.Client({ connectionString: under.ownerUrl });
  await locker.connect();
  try {
    await locker.query("BEGIN");
    await locker.query("SELECT set_config('app.all', 'on', true)");
    await locker.query("SELECT FROM run WHERE id = $1 FOR UPDATE", [run.id]);
    expect(await extendLeases([run, other])).toEqual(
      new Map([
        [run.id, "late"],
        [other.id, "go-on"],
      ]),
    );
    await recordResults(
      scopeOf(other),
      other,
      claimed.map((operation) => toAccepted(operation)),
    );
  } finally {
    await locker.end();
  }
  const states = await under.rows("SELECT DISTINCT state FROM operation WHERE run_id = $1", [other.id]);
  expect(states).toEqual([{ state: "accepted" }]);
});

test("while the fleet is stopped no run is taken, nothing is claimed, and held runs are stopped", async () => {
  const [run, other] = await takeThree();
  await endDrive(scopeOf(other), other, { kind: "well" });
  await under.rows("UPDATE run SET next_at = now() WHERE id = $1", [other.id]);
  await under.rows("UPDATE fleet SET stopped_at = now()");
  try {
    expect(await takeRun(scopeOf(other), other.tenantId, "eager")).toBeNull();
    expect(await under.claim(run)).toEqual([]);
    expect(await extendLeases([run])).toEqual(new Map([[run.id, "stopped"]]));
  } finally {
    await under.rows("UPDATE fleet SET stopped_at = NULL");
  }
  expect(await takeRun(scopeOf(other), other.tenantId, "eager")).toMatchObject({ id: other.id });
  expect(await under.claim(run)).toHaveLength(3);
});

test("a run that was paused while it was held keeps its results, is not claimed from, and stays paused", async () => {
  const run = await under.takeNew(3);
  const claimed = await under.claim(run, 1);
  await under.rows("UPDATE run SET state = 'paused' WHERE id = $1", [run.id]);
  expect(await under.claim(run)).toEqual([]);
  await recordResults(
    scopeOf(run),
    run,
    claimed.map((operation) => toAccepted(operation)),
  );
  expect(await endDrive(scopeOf(run), run, { kind: "well" })).toBe(false);
  expect(await under.rows("SELECT state, lease_until FROM run WHERE id = $1", [run.id])).toEqual([
    { state: "paused", lease_until: null },
  ]);
  expect(await takeRun(scopeOf(run), run.tenantId, "eager")).toBeNull();
});
