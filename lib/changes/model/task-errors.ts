/** Another worker has claimed the task. */
export class TaskTakenError extends Error {}

/** An operator took the task back. */
export class TaskWithdrawnError extends Error {}
