import { PgBoss, type Queue } from "pg-boss";
import { withMigrationLock } from "./migration-lock";

/** A queue as lib/queue/queues.ts lists it: a name and pg-boss's options for it. */
export type QueueDefinition = Readonly<{ name: string } & Omit<Queue, "name">>;

const SCHEMA = "pgboss";

/**
 * The fewest rights that pg-boss 12.35.0 needs from a role that owns nothing and starts with migrate: false, found by
 * removing rights until it failed. Web may only send: RETURNING reads the two columns. The worker fetches, settles and
 * supervises. The sealer has no queue.
 */
const GRANTS = `
  GRANT USAGE ON SCHEMA ${SCHEMA} TO rollcall_web, rollcall_worker;
  GRANT SELECT ON ${SCHEMA}.version, ${SCHEMA}.queue TO rollcall_web, rollcall_worker;
  GRANT INSERT, SELECT (id, start_after) ON ${SCHEMA}.job_common TO rollcall_web;
  GRANT UPDATE ON ${SCHEMA}.queue TO rollcall_worker;
  GRANT UPDATE (flow_on, monitor_backoff_on) ON ${SCHEMA}.version TO rollcall_worker;
  GRANT SELECT, INSERT, UPDATE, DELETE
    ON ${SCHEMA}.job, ${SCHEMA}.job_common, ${SCHEMA}.job_dependency TO rollcall_worker;
`;

/**
 * Installs or upgrades pg-boss's schema as its owner, updates the queues to their definitions and grants them to the
 * serving roles. Safe to repeat.
 */
export async function installQueue(ownerUrl: string, queues: readonly QueueDefinition[]): Promise<void> {
  await withMigrationLock(ownerUrl, async (client) => {
    const boss = new PgBoss({
      connectionString: ownerUrl,
      schema: SCHEMA,
      supervise: false,
      schedule: false,
      max: 2,
      application_name: "rollcall-migrate",
    });
    const failures: Error[] = [];
    boss.on("error", (error) => failures.push(error));
    await boss.start();
    try {
      for (const queue of queues) await defineQueue(boss, queue);
    } finally {
      await boss.stop({ graceful: false });
    }
    if (failures[0]) throw failures[0];
    await client.query(GRANTS);
  });
}

/** A queue's policy cannot be changed. Its jobs are only wake-ups, so the queue may be created again. */
async function defineQueue(boss: PgBoss, { name, ...options }: QueueDefinition): Promise<void> {
  const { policy = "standard", ...updatable } = options;
  const existing = await boss.getQueue(name);
  if (existing?.policy === policy) {
    if (Object.keys(updatable).length > 0) await boss.updateQueue(name, updatable);
    return;
  }
  if (existing) await boss.deleteQueue(name);
  await boss.createQueue(name, options);
}
