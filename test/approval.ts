import { type Scope, systemScope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { reconcileIn } from "@/lib/changes/steering/sync-reconcile";
import { transaction } from "@/lib/db/transaction";
import { adoptInventory, setEntry } from "@/lib/roster/mutations";
import { addTenant, type Planning } from "@/test/planning";
import { makeOperator, type TestOperator } from "@/test/scope";

export const reason = "A test asks for it";

export type Held = { changeId: string; planHash: string };

/** What tests of approvals do with one database and one owner, in whose name syncs apply the roster. */
export function createApprovals(planning: Planning, owner: Scope) {
  return {
    /** A tenant of a hundred people on its roster, and its technician. */
    async addSynced(): Promise<{ tenantId: string; technician: Scope; operator: TestOperator }> {
      const tenantId = await addTenant(planning, { people: 100, fleetActive: 10_000 });
      await adoptInventory(owner, { tenantId, reason });
      const { scope: technician, operator } = await makeOperator(planning.database, "technician", [tenantId]);
      return { tenantId, technician, operator };
    },
    /** What a worker does once a sync is due. The plan is held. */
    async sync(tenantId: string): Promise<Held> {
      const worker = systemScope("worker", [tenantId]);
      const done = await transaction(worker, (tx) =>
        reconcileIn(tx, worker, { tenantId, reconciledBy: owner.actor.id }),
      );
      if (done.result !== "held" || !done.changeId) throw new Error(`The sync ended as ${done.result}`);
      const { planHash } = await getChange(owner, { changeId: done.changeId });
      return { changeId: done.changeId, planHash };
    },
    /** The states in which the archives of a change are. */
    async archivesOf({ changeId }: { changeId: string }): Promise<string[]> {
      const rows = await planning.rows<{ state: string }>(
        "SELECT DISTINCT state FROM operation WHERE change_id = $1 AND kind = 'archive'",
        [changeId],
      );
      return rows.map(({ state }) => state);
    },
    /** As workers and KnowBe4 would: everything of a change that was let go is confirmed. */
    async confirm({ changeId }: { changeId: string }): Promise<void> {
      await planning.rows(
        "UPDATE operation SET state = 'confirmed', accepted_at = now(), confirmed_at = clock_timestamp() WHERE change_id = $1 AND state = 'queued'",
        [changeId],
      );
      await planning.rows("UPDATE run SET state = 'done' WHERE change_id = $1", [changeId]);
      await planning.rows("UPDATE change SET state = 'done' WHERE id = $1", [changeId]);
    },
  };
}

/** Writes on the roster that the first people left. */
export async function leave(scope: Scope, tenantId: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const userName = `p${number}@acme.example`;
    await setEntry(scope, { tenantId, userName, active: false, fields: {}, forget: [], reason });
  }
}

export function approve(scope: Scope, change: Held): Promise<void> {
  return approveHeld(scope, { ...change, reason });
}
