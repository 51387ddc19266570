import type { PgBoss } from "pg-boss";
import type { Job } from "@/lib/queue/define-job";
import { changeTaskJob } from "@/lib/changes/tasks/change-task-job";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import type { Planner } from "@/worker/planner";
import type { TenantPool } from "@/worker/tenant-pool";

/** Jobs fetched with one statement: as many as a worker may have tenants. More would wait for the next poll. */
const BATCH_MAX = 500;

/**
 * Binds job names to their handlers: the one place that knows both.
 *
 * A tenant's job is only a wake-up, so it completes as soon as the work has begun. Keeping it until the end would
 * cost a fetch, a heartbeat and a completion for each of 500 tenants, for no gain: the pool here keeps one tenant's
 * work single, and leases do between workers. When the pool is full the job completes unused; a worker with room
 * finds the tenant in its sweep.
 */
export async function registerJobs(boss: PgBoss, pool: TenantPool, planner: Planner): Promise<void> {
  await handle(boss, tenantWorkJob, ({ tenantId }) => {
    pool.wake(tenantId);
  });
  await handle(boss, changeTaskJob, () => planner.start());
}

async function handle<Payload extends object>(
  boss: PgBoss,
  job: Job<Payload>,
  handler: (payload: Payload) => void,
): Promise<void> {
  await boss.work<Payload>(
    job.name,
    // A notification wakes the worker; polls catch a missed one, and the sweep is behind both.
    { batchSize: BATCH_MAX, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 },
    async (delivered) => {
      for (const { data } of delivered) handler(job.payload.parse(data));
    },
  );
}
