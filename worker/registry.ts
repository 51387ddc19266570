import type { PgBoss } from "pg-boss";
import type { Job } from "@/lib/queue/define-job";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import type { TenantPool } from "@/worker/tenant-pool";

/**
 * Binds job names to what they do: the one place that knows both.
 * @param concurrency jobs at a time in this process.
 */
export async function registerJobs(boss: PgBoss, pool: TenantPool, concurrency: number): Promise<void> {
  await handle(boss, tenantWorkJob, concurrency, ({ tenantId }) => pool.run(tenantId));
}

async function handle<Payload extends object>(
  boss: PgBoss,
  job: Job<Payload>,
  localConcurrency: number,
  handler: (payload: Payload) => Promise<void>,
): Promise<void> {
  await boss.work<Payload>(
    job.name,
    // A notification wakes the worker; the polls are for one that was missed, and the sweep is behind both.
    { batchSize: 1, localConcurrency, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 },
    async ([delivered]) => {
      if (delivered) await handler(job.payload.parse(delivered.data));
    },
  );
}
