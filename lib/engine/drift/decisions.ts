/** accept: write to the roster. put-back: plan the old value. always: leave this field to the tenant from now on. */
export const driftDecisions = ["accept", "put-back", "always"] as const;
export type DriftDecision = (typeof driftDecisions)[number];
