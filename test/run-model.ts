import type pg from "pg";
import { expect } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { claimOperations } from "@/lib/engine/claim/claim";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { endDrive } from "@/lib/engine/end-run";
import { recordResults } from "@/lib/engine/send/record";
import type { OperationResult } from "@/lib/engine/run/operation-result";
import { insertRun } from "@/test/insert-run";
import { extendLeases, takeRun } from "@/lib/engine/run/run-lease";
import { LeaseLostError, type TakenRun } from "@/lib/engine/run/taken-run";

/** One step that may happen to a run, or to one of its present or former holders. `pick` chooses which. */
export type Step = {
  kind:
    | "take"
    | "claim"
    | "send"
    | "lose-reply"
    | "be-asked-to-wait"
    | "fail"
    | "crash"
    | "freeze"
    | "beat"
    | "end"
    | "pause"
    | "resume"
    | "replace-token"
    | "stop-fleet"
    | "start-fleet";
  pick: number;
};

type Claimed = { operation: ClaimedOperation; isSent: boolean };
type Holder = { run: TakenRun; claimed: Claimed[] };
type Row = { id: string; state: string; epoch: number; attempt: number; target: string };

const terminal = ["accepted", "confirmed", "failed", "skipped", "cancelled"];

/**
 * One run of creates in a real database, the tenant it writes to as a set of names, and the run's holders. The steps do
 * what a worker does, one statement at a time and in any order; the invariants are checked after each of them.
 */
export class RunModel {
  tenantId = "";
  private changeId = "";
  runId = "";
  /** The people in the tenant. */
  readonly created = new Set<string>();
  /** All workers that ever took the run and have not crashed; all but the last are zombies. */
  holders: Holder[] = [];
  private ended = new Map<string, string>();
  private epoch = 0;

  constructor(
    /** Queries past all of our guards. */
    private readonly owner: pg.Client,
    private readonly operatorId: string,
    private readonly people: number,
  ) {}

  async rows<R>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.owner.query(sql, values)).rows as R[];
  }

  async begin(): Promise<void> {
    const ask = (sql: string, values: unknown[]) => this.rows(sql, values);
    ({
      tenantId: this.tenantId,
      changeId: this.changeId,
      runId: this.runId,
    } = await insertRun(ask, this.operatorId, this.people));
  }

  async take(): Promise<void> {
    const [may] = await this.rows<{ may: boolean }>(
      `SELECT t.state = 'healthy' AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)
              AND (t.cooldown_to IS NULL OR t.cooldown_to <= now())
              AND (r.state = 'queued' AND r.next_at <= now() OR r.state = 'running' AND r.lease_until < now()) AS may
         FROM tenant t JOIN run r ON r.tenant_id = t.id WHERE t.id = $1`,
      [this.tenantId],
    );
    const run = await takeRun(systemScope("worker", [this.tenantId]), this.tenantId, "a worker");
    expect(run !== null, "a run is taken exactly when it may be").toBe(may?.may);
    if (!run) return;
    expect(run.epoch, "every taking raises the epoch (I3)").toBeGreaterThan(this.epoch);
    this.epoch = run.epoch;
    this.holders.push({ run, claimed: [] });
  }

  async claim(holder: Holder, limit: number): Promise<void> {
    const { operations } = await claimOperations(holder.run, limit);
    if (!this.isCurrent(holder)) expect(operations, "an earlier holder claims nothing (I2)").toEqual([]);
    const rows = await this.operations();
    for (const operation of operations) {
      const row = rows.find(({ id }) => id === operation.id);
      expect(row, "what may be sent is marked sent first (I1)").toMatchObject({
        state: "sent",
        epoch: holder.run.epoch,
      });
      holder.claimed.push({ operation, isSent: false });
    }
  }

  /**
   * First reads operations that may have been sent, as settle.ts does, then creates the people who are not in the
   * tenant.
   */
  send(holder: Holder, claimed: Claimed): void {
    if (claimed.isSent) return;
    claimed.isSent = true;
    const { target, unsettled } = claimed.operation;
    const isHeld = this.created.has(target);
    // A zombie between its last check and its send cannot be prevented: the tenant answers it with a conflict (I6).
    if (isHeld && !unsettled)
      expect(this.isCurrent(holder), "what may have been sent is read before it is sent (I5)").toBe(false);
    if (!isHeld) this.created.add(target);
  }

  async record(holder: Holder, claimed: Claimed, state: OperationResult["state"]): Promise<void> {
    const before = await this.operations();
    const isMine = this.isCurrent(holder);
    const result = toResult(claimed.operation, state);
    const written = recordResults(systemScope("worker", [this.tenantId]), holder.run, [result]);
    if (isMine) await written;
    else {
      await expect(written, "an earlier holder writes nothing (I2)").rejects.toThrow(LeaseLostError);
      expect(await this.operations()).toEqual(before);
    }
    holder.claimed = holder.claimed.filter((each) => each !== claimed);
  }

  async beat(holder: Holder): Promise<void> {
    const answer = (await extendLeases([holder.run])).get(holder.run.id);
    if (!this.isCurrent(holder)) expect(answer, "an earlier holder has lost it (I3)").toBe("lost");
    else {
      const [must] = await this.rows<{ stop: boolean }>(
        `SELECT t.state <> 'healthy' OR EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)
                OR $2::int <> (SELECT max(version) FROM credential c WHERE c.tenant_id = t.id) AS stop
           FROM tenant t WHERE t.id = $1`,
        [this.tenantId, holder.run.credentialVersion],
      );
      expect(answer, "a paused tenant, a stopped fleet and a new token stop it (I11)").toBe(
        must?.stop ? "stopped" : "go-on",
      );
    }
  }

  async end(holder: Holder): Promise<void> {
    const ending = endDrive(systemScope("worker", [this.tenantId]), holder.run, { kind: "well" });
    if (this.isCurrent(holder)) await ending;
    else await expect(ending).rejects.toThrow(LeaseLostError);
    await this.rows("UPDATE run SET next_at = now() WHERE id = $1 AND state = 'queued'", [this.runId]);
    this.holders = this.holders.filter((each) => each !== holder);
  }

  /** Ends the current holder's lease. */
  async expire(): Promise<void> {
    await this.rows(
      "UPDATE run SET lease_until = now() - interval '1 second' WHERE id = $1 AND state = 'running'",
      [this.runId],
    );
  }

  async check(): Promise<void> {
    const rows = await this.operations();
    for (const { id, state, target } of rows) {
      const before = this.ended.get(id);
      if (before !== undefined) expect(state, "what has ended stays what it is (I7)").toBe(before);
      if (terminal.includes(state)) this.ended.set(id, state);
      if (state === "accepted")
        expect(this.created.has(target), "accepted is only what was created").toBe(true);
    }
    const recorded = await this.rows<{ operation: string }>(
      "SELECT body::jsonb -> 'details' ->> 'operation' AS operation FROM event WHERE change_id = $1 AND action = 'operation.accepted'",
      [this.changeId],
    );
    const accepted = rows.filter(({ state }) => state === "accepted").map(({ id }) => id);
    expect(
      recorded.map(({ operation }) => operation).sort(),
      "each is recorded once, with its row (I9)",
    ).toEqual(accepted.sort());
    expect(await this.tally(), "what a page counts is what there is").toEqual(
      Object.fromEntries(
        [...Map.groupBy(rows, ({ state }) => state)].map(([state, { length }]) => [state, length]),
      ),
    );
  }

  private async tally(): Promise<Record<string, number>> {
    const sums = await this.rows<{ state: string; count: number }>(
      "SELECT state, sum(delta)::int AS count FROM operation_tally WHERE run_id = $1 GROUP BY 1 HAVING sum(delta) <> 0",
      [this.runId],
    );
    return Object.fromEntries(sums.map(({ state, count }) => [state, count]));
  }

  operations(): Promise<Row[]> {
    return this.rows(
      "SELECT id, state, epoch, attempt, target FROM operation WHERE run_id = $1 ORDER BY seq",
      [this.runId],
    );
  }

  private isCurrent(holder: Holder): boolean {
    return holder.run.epoch === this.epoch;
  }
}

function toResult(operation: ClaimedOperation, state: OperationResult["state"]): OperationResult {
  return {
    operation,
    state,
    resourceId: state === "accepted" ? `id-${operation.target}` : null,
    reason: state === "failed" ? "invalid-value" : null,
    detail: null,
    delayMs: 0,
    uncounted: state === "queued",
    exchanges: [],
  };
}
