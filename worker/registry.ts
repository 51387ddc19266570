import type { PgBoss } from "pg-boss";
import type { Job } from "@/lib/queue/define-job";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import type { TenantPool } from "@/worker/tenant-pool";

/** Jobs fetched with one statement: as many as a worker may have tenants. Those above it would wait for the next poll. */
const BATCH_MAX = 500;

/**
 * Binds job names to what they do: the one place that knows both.
 *
 * A job of a tenant is a mere wake-up, so it is done as soon as the tenant's work has begun. Kept until the work is
 * done, it would be a fetch, a heartbeat and a completion for each of 500 tenants, and nothing would be gained: one
 * tenant's work is kept single by the pool here and by leases between workers. Without room for it the job is let
 * go; the tenant is found by the sweep of whichever worker has room.
 */
export async function registerJobs(boss: PgBoss, pool: TenantPool): Promise<void> {
  await handle(boss, tenantWorkJob, ({ tenantId }) => {
    pool.wake(tenantId);
  });
}

async function handle<Payload extends object>(
  boss: PgBoss,
  job: Job<Payload>,
  handler: (payload: Payload) => void,
): Promise<void> {
  await boss.work<Payload>(
    job.name,
    // A notification wakes the worker; the polls are for one that was missed, and the sweep is behind both.
    { batchSize: BATCH_MAX, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 },
    async (delivered) => {
      for (const { data } of delivered) handler(job.payload.parse(data));
    },
  );
}
