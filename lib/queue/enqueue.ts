import "server-only";
import { fromPrisma } from "pg-boss";
import type { Transaction } from "@/lib/db/transaction";
import { sender } from "@/lib/queue/boss";
import type { Job } from "@/lib/queue/define-job";

/**
 * Enqueues inside the caller's transaction: the job exists if and only if the change commits. A job with the same key
 * that is still waiting or running makes this a no-op, through the `exclusive` queue.
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
