/*
 * States by what they mean, for conditions in SQL and in code alike. They stand here, below every domain, because a
 * tenant's page counts operations too. The words themselves are CHECK constraints of the migrations.
 */

/** Operations that the engine still has something to send of. */
export const openStates = ["queued", "sent", "unknown"] as const;

/** Operations that hold up those which depend on them. */
export const blockingStates = [...openStates, "held"] as const;

/** Operations that nobody has let go yet. */
export const unsentStates = ["planned", "held"] as const;

/** Operations that the tenant took. */
export const takenStates = ["accepted", "confirmed"] as const;

/** Operations of which something may have reached the tenant. */
export const reachedStates = ["sent", "unknown", ...takenStates, "failed"] as const;

/** Kinds of operations whose number a rail holds. */
export const guardedKinds = ["archive", "restore", "members_remove"] as const;

/** Runs that were let go and have not ended. */
export const unfinishedRunStates = ["queued", "paused", "running"] as const;

/** Runs that a worker may hold the lease of. */
export const leasedRunStates = ["running", "paused"] as const;
