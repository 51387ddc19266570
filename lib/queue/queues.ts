/**
 * The queues that the migration creates; serving roles may not. `exclusive` allows one job a key that is waiting or
 * running, so two requests for the same tenant's work make one job.
 *
 * A job is only a wake-up: our own tables hold the truth, and the sweep (lib/engine/run/due-tenants.ts) finds the
 * work of a lost job. So a job is tried once; heartbeats free the key of a worker that died.
 */
export const queues = [
  {
    name: "change.task",
    policy: "exclusive",
    retryLimit: 0,
    notify: true,
    heartbeatSeconds: 10,
    expireInSeconds: 15 * 60,
    deleteAfterSeconds: 24 * 60 * 60,
  },
  {
    name: "tenant.work",
    policy: "exclusive",
    retryLimit: 0,
    notify: true,
    heartbeatSeconds: 10,
    expireInSeconds: 15 * 60,
    deleteAfterSeconds: 24 * 60 * 60,
  },
] as const;
