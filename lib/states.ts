/* Groups of states by meaning, for conditions in SQL and in code. They are below every domain, because a tenant's page
   counts operations too. CHECK constraints of the migrations define the words themselves. */

/** Operations that the engine still has to send or settle. */
export const openStates = ["queued", "sent", "unknown"] as const;

/** Operations that block those that depend on them. */
export const blockingStates = [...openStates, "held"] as const;

/** Operations that are not approved or applied yet. */
export const unsentStates = ["planned", "held"] as const;

/** Operations that the tenant accepted. */
export const takenStates = ["accepted", "confirmed"] as const;

/** Operations that may have reached the tenant. */
export const reachedStates = ["sent", "unknown", ...takenStates, "failed"] as const;

/** Kinds of operations that a rail limits by number. */
export const guardedKinds = ["archive", "restore", "members_remove"] as const;

/** Changes that have not ended. */
export const openChangeStates = ["planning", "ready", "scheduled", "applying"] as const;

/** Applied runs that have not ended. */
export const unfinishedRunStates = ["queued", "paused", "running"] as const;

/** Runs whose lease a worker may hold. */
export const leasedRunStates = ["running", "paused"] as const;
