import type { Scope } from "@/lib/auth/scope";

/**
 * The first statement of what only a process of ours may do: no permission of a role opens it.
 * @throws Error for an operator's scope, which is a slip of ours.
 */
export function requireSystem({ actor }: Scope): void {
  if (actor.kind !== "system") throw new Error("Only a worker, the sealer or a command does this");
}
