import { afterAll, beforeAll, expect, test } from "vitest";
import { claimOperations } from "@/lib/engine/claim/claim";
import { endDrive } from "@/lib/engine/end-run";
import { recordResults } from "@/lib/engine/send/record";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";
import { createRunsUnderTest, type RunsUnderTest, scopeOf, toAccepted } from "@/test/runs";

/* Several runs of one worker, whose claims, results and ends are committed together. */

let under: RunsUnderTest;
beforeAll(async () => {
  under = await createRunsUnderTest();
});
afterAll(() => under.close());

const takeThree = () => Promise.all([under.takeNew(3), under.takeNew(3), under.takeNew(3)]);

/** The stored state of a run: each of its operations with its state, attempts and events. */
function writtenOf({ id }: TakenRun) {
  return under.rows<{ state: string; attempts: number; events: number }>(
    `SELECT o.state, (SELECT count(*)::int FROM attempt a WHERE a.operation_id = o.id) AS attempts,
            (SELECT count(*)::int FROM event e WHERE e.body::jsonb -> 'details' ->> 'operation' = o.id::text) AS events
       FROM operation o WHERE o.run_id = $1 ORDER BY o.seq`,
    [id],
  );
}
const written = { state: "accepted", attempts: 1, events: 1 };
const unwritten = { state: "sent", attempts: 0, events: 0 };

async function record(run: TakenRun, count = 3): Promise<void> {
  const claimed = await under.claim(run, count);
  await recordResults(
    scopeOf(run),
    run,
    claimed.map((operation) => toAccepted(operation)),
  );
}

test("a run that lost its lease inside a block stops alone, and the others' results are stored", async () => {
  const runs = await takeThree();
  const claimed = await Promise.all(runs.map((run) => under.claim(run)));
  await under.takeAway(runs[1]);
  // Requested in one turn of the event loop, so they form one block.
  const ends = await Promise.allSettled(
    runs.map((run, place) =>
      recordResults(scopeOf(run), run, claimed[place]?.map((operation) => toAccepted(operation)) ?? []),
    ),
  );
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ends[1]).toMatchObject({ reason: expect.any(LeaseLostError) });
  expect(await writtenOf(runs[0])).toEqual([written, written, written]);
  expect(await writtenOf(runs[1])).toEqual([unwritten, unwritten, unwritten]);
  expect(await writtenOf(runs[2])).toEqual([written, written, written]);
});

test("attempts and events exist exactly for the operations that were written, and name their own run's tenant", async () => {
  const [run, other] = await takeThree();
  const claimed = await under.claim(run);
  await under.rows("UPDATE operation SET state = 'failed' WHERE id = $1", [claimed[1]?.id]);
  const both = await Promise.allSettled([
    recordResults(
      scopeOf(run),
      run,
      claimed.map((operation) => toAccepted(operation)),
    ),
    record(other),
  ]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(await writtenOf(run)).toEqual([written, { state: "failed", attempts: 0, events: 0 }, written]);
  const strays = await under.rows(
    `SELECT FROM event e JOIN operation o ON o.id::text = e.body::jsonb -> 'details' ->> 'operation'
      WHERE e.tenant_id <> o.tenant_id OR e.change_id <> o.change_id`,
  );
  expect(strays).toEqual([]);
});

test("a result that the database refuses fails its own run, and the rest of its block is written", async () => {
  const [run, other] = await takeThree();
  const [claimed, others] = await Promise.all([under.claim(run), under.claim(other)]);
  const unwritable = claimed.map((operation) => toAccepted(operation, { detail: "NUL \u0000 in jsonb" }));
  const both = await Promise.allSettled([
    recordResults(scopeOf(run), run, unwritable),
    recordResults(
      scopeOf(other),
      other,
      others.map((operation) => toAccepted(operation)),
    ),
  ]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(await writtenOf(run)).toEqual([unwritten, unwritten, unwritten]);
  expect(await writtenOf(other)).toEqual([written, written, written]);
});

test("runs that claim together get their own operations, in order, and no more than they requested", async () => {
  const runs = await takeThree();
  const claimed = await Promise.all(runs.map((run, place) => claimOperations(run, place + 1)));
  for (const [place, run] of runs.entries()) {
    const { operations = [], isLast } = claimed[place] ?? {};
    expect(operations.map(({ target }) => target)).toEqual(["p1", "p2", "p3"].slice(0, place + 1));
    expect(new Set(operations.map(({ tenantId }) => tenantId))).toEqual(new Set([run.tenantId]));
    expect(isLast).toBe(false);
  }
  expect(await claimOperations(runs[2], 1)).toEqual({ operations: [], known: [], isLast: true });
});

test("drives that end together end independently: finished, queued again, or lost", async () => {
  const [done, open, lost] = await takeThree();
  await record(done);
  await record(open, 1);
  await under.takeAway(lost);
  const ends = await Promise.allSettled(
    [done, open, lost].map((run) => endDrive(scopeOf(run), run, { kind: "well" })),
  );
  expect(ends).toEqual([
    { status: "fulfilled", value: true },
    { status: "fulfilled", value: false },
    { status: "rejected", reason: expect.any(LeaseLostError) },
  ]);
  const states = await under.rows(
    "SELECT r.state, c.state AS change FROM run r JOIN change c ON c.id = r.change_id WHERE r.id = ANY ($1) ORDER BY array_position($1, r.id)",
    [[done.id, open.id, lost.id]],
  );
  expect(states).toEqual([
    { state: "done", change: "done" },
    { state: "queued", change: "applying" },
    { state: "running", change: "applying" },
  ]);
});
