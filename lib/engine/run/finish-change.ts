import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { SqlTransaction } from "@/lib/db/sql-transaction";
import { nameOfChange } from "@/lib/engine/run/name-of-change";
import { endOfChange, type RunState } from "@/lib/changes/model/states";
import type { TakenRun } from "@/lib/engine/run/taken-run";

/** Ends a change with its last run. Locks its row, so that two runs that end at once do not both miss the other. */
export async function finishChange(
  tx: SqlTransaction,
  scope: Scope,
  run: Pick<TakenRun, "changeId" | "tenantId">,
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM change WHERE id = ${run.changeId}::uuid FOR UPDATE`;
  // A worker only reaches the tenants of its block; this checks the other tenants' runs without reading their rows.
  const [row] = await tx.$queryRaw<
    { states: RunState[] }[]
  >`SELECT coalesce(run_states_of_change(${run.changeId}::uuid), '{}') AS states`;
  const end = endOfChange(row?.states ?? []);
  if (!end) return;
  const finished = await tx.$executeRaw`
    UPDATE change SET state = ${end}, finished_at = now() WHERE id = ${run.changeId}::uuid AND state = 'applying'`;
  if (finished === 0) return;
  await appendEvent(tx, scope, {
    action: "change.finished",
    tenantId: run.tenantId,
    changeId: run.changeId,
    target: await nameOfChange(tx, run.changeId),
    result: end,
  });
}
