import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Plan } from "@/lib/provisioning/plan-types";

/**
 * SHA-256 over the canonical JSON (RFC 8785) of what would be written and how it was judged. Two plans with one hash
 * do the same; an apply that finds another hash finds a directory, a mode or a rail that moved since it was shown.
 * @returns 64 hexadecimal characters.
 */
export function hashPlan(plan: Plan): string {
  const lines = plan.runs.map(({ tenantId, refusal, operations }) => ({
    tenantId,
    refusal,
    operations: operations.map(({ key, kind, state, target, resourceId, intent, diff, dependsOn }) => ({
      key,
      kind,
      state,
      target,
      resourceId,
      intent,
      diff,
      dependsOn,
    })),
  }));
  return createHash("sha256")
    .update(canonicalize(lines) ?? "")
    .digest("hex");
}

/** How a plan's hash is shown: enough to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}·${hash.slice(4, 8)}`;
}
