import type { Scope } from "@/lib/auth/scope";

/**
 * Requires a system process; the first statement of functions that no role may call.
 * @throws Error for an operator's scope, which is a bug of ours.
 */
export function requireSystem({ actor }: Scope): void {
  if (actor.kind !== "system") throw new Error("Only a worker, the sealer or a command may do this");
}
