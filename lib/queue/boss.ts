import "server-only";
import { PgBoss } from "pg-boss";
import { databaseUrl } from "@/lib/db/client";
import { log } from "@/lib/log";

/** The schema of pg-boss's tables; the owner role creates them at migration time. */
const QUEUE_SCHEMA = "pgboss";

const holder = globalThis as { rollcallSender?: Promise<PgBoss> };

/** The queue of a process that only sends: no maintenance and no jobs. */
export function sender(): Promise<PgBoss> {
  holder.rollcallSender ??= startBoss({
    connectionString: databaseUrl(),
    supervise: false,
    max: 2,
  }).catch((error: unknown) => {
    // Start again after a failure: a database that was away at the first job must not break every later one.
    holder.rollcallSender = undefined;
    throw error;
  });
  return holder.rollcallSender;
}

export async function closeSender(): Promise<void> {
  const boss = await holder.rollcallSender;
  holder.rollcallSender = undefined;
  await boss?.stop({ graceful: false });
}

/**
 * Starts pg-boss as a role that owns nothing: no migration, no schema.
 * @param supervise whether this process finds dead workers' jobs; workers do, web does not.
 */
export async function startBoss(options: {
  connectionString: string;
  supervise: boolean;
  max: number;
}): Promise<PgBoss> {
  const boss = new PgBoss({
    ...options,
    schema: QUEUE_SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    useListenNotify: options.supervise,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    application_name: "rollcall-queue",
  });
  boss.on("error", (err) => log.error({ err }, "queue error"));
  return boss.start();
}
