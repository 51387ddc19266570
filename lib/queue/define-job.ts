import type { z } from "zod";

/**
 * A job without its handler: its name, the shape of its payload and how it is queued. worker/registry.ts binds the
 * handler, so that the web process can enqueue without loading code that talks to tenants.
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
