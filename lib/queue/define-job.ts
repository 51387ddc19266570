import type { z } from "zod";

/**
 * What a job is, apart from what it does: its name, the shape of its payload and how it is queued. The handler is
 * bound in worker/registry.ts, so that the web process can enqueue without loading what talks to tenants.
 *
 * Payloads hold ids only. They are written to disk, shown by tools and kept for days: no person, no token.
 */
export type Job<Payload> = {
  name: string;
  payload: z.ZodType<Payload>;
  /** Jobs with one key never wait or run twice at the same time. */
  key: (payload: Payload) => string;
};

export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job;
}
