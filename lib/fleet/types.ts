/** Settings and state that apply to all tenants together. */

export type Fleet = {
  /** While set, nothing is sent to any tenant. */
  stoppedAt: Date | null;
  stoppedBy: string | null;
  stopReason: string | null;
  /** Archives, restores and removals of one day over all tenants are held above max(holdMin, holdShare of active). */
  holdMin: number;
  holdShare: number;
};
/** What counts towards the fleet's limits: active people, and the last 24 hours of limited operations. */

export type FleetDay = { active: number; archives: number; restores: number; removals: number };
