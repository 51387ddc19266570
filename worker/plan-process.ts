import os from "node:os";
import { closeDatabase } from "@/lib/db/client";
import { log } from "@/lib/log";
import { closeSender } from "@/lib/queue/boss";
import { type LargeWork, listLargeWork } from "@/worker/large-work";

/*
 * Makes and applies large plans, and ends when none is left. A process of its own, because a plan of 100,000 lines
 * computes for seconds: in the worker it would delay the heartbeats of all its tenants, and running out of memory would
 * end their runs too. It opens no token and talks to no tenant.
 */

// Requests and heartbeats on the same machine go first.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
// Without its worker nobody would end it. Its transaction is rolled back, and another worker takes the work.
process.once("disconnect", () => process.exit(0));

/** Each piece of work is begun once: what failed or is taken waits for another process. */
const begun = new Set<string>();
let hasFailed = false;

for (let next = await findNext(); next; next = await findNext()) await perform(next);
await closeSender();
await closeDatabase();
process.exit(hasFailed ? 1 : 0);

async function findNext(): Promise<LargeWork | undefined> {
  return (await listLargeWork()).find(({ key }) => !begun.has(key));
}

async function perform({ key, about, perform: run }: LargeWork): Promise<void> {
  begun.add(key);
  try {
    log.info({ ...about, state: await run() }, "large work ended");
  } catch (err) {
    hasFailed = true;
    log.error({ err, ...about }, "large work failed, retrying");
  }
}
