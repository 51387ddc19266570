import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { approveAlone, stopApproval } from "@/lib/changes/approval/approve-alone";
import { getChange } from "@/lib/changes/data";
import { planChange } from "@/lib/changes/mutations";
import { rejectHeld } from "@/lib/changes/steering/reject-held";
import { requestSync } from "@/lib/tenants/request-sync";
import { approve, createApprovals, leave, reason } from "@/test/approval";
import { offboardOf, openPlanning, type Planning } from "@/test/planning";
import { makeOperator, operatorPassword } from "@/test/scope";

let planning: Planning;
let owner: Scope;
let approvals: ReturnType<typeof createApprovals>;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
  approvals = createApprovals(planning, owner);
});
afterAll(() => planning?.close());

test("an approval is a row that nobody changes, with the hash of exactly the lines it covers", async () => {
  const { tenantId, technician } = await approvals.addSynced();
  const change = await planChange(technician, { intent: offboardOf(tenantId, 1, 20), reason, ticket: null });
  await approve(owner, change);
  const [row] = (await getChange(owner, change)).approvals;
  expect(row).toMatchObject({ by: "Test owner", reason, lines: 20, waitsUntil: null, stopped: null });
  const [event] = await planning.rows<{ details: unknown }>(
    "SELECT body::jsonb -> 'details' AS details FROM event WHERE action = 'change.held_approved' AND change_id = $1",
    [change.changeId],
  );
  const [stored] = await planning.rows<{ hash: string }>(
    "SELECT lines_hash AS hash FROM approval WHERE id = $1",
    [row?.id],
  );
  expect(event?.details).toMatchObject({ covers: stored?.hash, lines: 20, isAlone: false });
  await expect(
    planning.rows("UPDATE approval SET given_at = now() WHERE id = $1", [row?.id]),
  ).rejects.toThrow(/stays/);
});

test("where nobody but authors is left, one approves alone: with count and password, an hour later, seen by all", async () => {
  const { tenantId, technician, operator } = await approvals.addSynced();
  await leave(technician, tenantId, 20);
  const change = await approvals.sync(tenantId);
  // The last test of this file: nobody else is left after it.
  await planning.rows("UPDATE operator SET disabled_at = now() WHERE id <> ALL ($1::uuid[])", [
    [owner.actor.id, operator.id],
  ]);
  const ask = { ...change, reason, count: 20, password: operatorPassword };
  await expect(approveAlone(technician, { ...ask, password: "another one" })).rejects.toThrow(
    /password is wrong/,
  );
  await planning.rows("DELETE FROM login_throttle");
  await expect(approveAlone(technician, { ...ask, count: 19 })).rejects.toThrow(/holds 20 lines/);
  await approveAlone(technician, ask);
  await expect(approveAlone(technician, ask)).rejects.toThrow(/already asked for/);
  await expect(approve(technician, change)).rejects.toThrow(/waits for its hour/);
  expect(
    await planning.rows(
      "SELECT code FROM issue WHERE change_id = $1 AND state = 'open' AND code = 'approved-alone'",
      [change.changeId],
    ),
  ).toHaveLength(1);

  await stopApproval(owner, { changeId: change.changeId, reason: "Not today" });
  await endWait();
  await expect(approve(technician, change)).rejects.toThrow(/Another operator stopped an approval/);
  await expect(approveAlone(technician, ask)).rejects.toThrow(/Another operator stopped an approval/);

  await rejectHeld(owner, { ...change, reason });
  await requestSync(technician, { tenantId });
  const again = await approvals.sync(tenantId);
  await approveAlone(technician, { ...ask, ...again });
  await expect(approveAlone(owner, { ...ask, ...again })).rejects.toThrow(/already asked for/);
  await endWait();
  const { operator: newcomer } = await makeOperator(planning.database, "owner");
  await expect(approve(technician, again)).rejects.toThrow(/Ask a colleague/);
  await planning.rows("UPDATE operator SET disabled_at = now() WHERE id = $1", [newcomer.id]);
  await approve(technician, again);
  expect(await approvals.archivesOf(again)).toEqual(["queued"]);
  const given = [change, again].map(async (each) => (await getChange(owner, each)).approvals);
  expect(
    (await Promise.all(given))
      .flat()
      .map(({ waitsUntil, givenAt, stopped }) => [waitsUntil !== null, givenAt !== null, stopped?.by]),
  ).toEqual([
    [true, false, "Test owner"],
    [true, true, undefined],
  ]);
});

/** The hour of a lone approval is over. */
async function endWait(): Promise<void> {
  await planning.rows(
    "UPDATE approval SET waits_until = now() WHERE given_at IS NULL AND stopped_at IS NULL",
  );
}
