/**
 * The queues that the migration creates; serving roles may not. `exclusive` allows one job a key that is waiting or
 * running, so asking twice for the same tenant's work is one job.
 *
 * A job is only a wake-up: the truth is in our own tables, and the sweep (lib/engine/run/due-tenants.ts) finds whatever a lost job
 * should have told. So a job is tried once; heartbeats free the key of a worker that died.
 */
export const queues = [
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
