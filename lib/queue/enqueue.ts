import "server-only";
import { fromPrisma } from "pg-boss";
import type { Transaction } from "@/lib/db/transaction";
import { sender } from "@/lib/queue/boss";
import type { Job } from "@/lib/queue/define-job";

/**
 * Enqueues inside the caller's transaction: the job is there when the change is, and only then. A job with the same
 * key that is still waiting or running makes this a no-op, which is what an `exclusive` queue is for.
 */
export async function enqueue<Payload extends object>(
  tx: Transaction,
  job: Job<Payload>,
  payload: Payload,
): Promise<void> {
  const boss = await sender();
  await boss.send(job.name, job.payload.parse(payload), {
    singletonKey: job.key(payload),
    db: fromPrisma(tx),
  });
}
