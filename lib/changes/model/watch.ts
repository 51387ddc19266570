/** What a worker does with a large change at the moment. */
export type TaskStep = "waiting" | "reading" | "comparing" | "storing";

/**
 * Receives how far planning is, in tenants or lines of a step. It may throw to end the planning: that is how a
 * cancelled task is noticed.
 */
export type Watch = (step: TaskStep, done: number, total: number) => Promise<void>;

/** For requests, which show no progress. */
export const unwatched: Watch = () => Promise.resolve();
