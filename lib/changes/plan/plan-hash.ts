import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Plan } from "@/lib/changes/model/plan-types";

/**
 * SHA-256 over the canonical JSON (RFC 8785) of what would be written and how it was judged, a line at a time: the
 * text of a hundred thousand lines at once would be as big as the plan. Two plans with one hash do the same. If an
 * apply computes another hash, a directory, a mode or a rail moved since the plan was shown.
 * @returns 64 hexadecimal characters.
 */
export function hashPlan(plan: Plan): string {
  const hash = createHash("sha256");
  for (const { tenantId, refusal, operations } of plan.runs) {
    hash.update(`${canonicalize({ tenantId, refusal, lines: operations.length })}\n`);
    for (const { key, kind, state, target, resourceId, intent, diff, dependsOn } of operations) {
      const line = { key, kind, state, target, resourceId, intent, diff, dependsOn };
      hash.update(`${canonicalize(line)}\n`);
    }
  }
  return hash.digest("hex");
}
