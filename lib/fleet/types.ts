/** What holds for all tenants together. */

export type Fleet = {
  /** While set nothing is sent to any tenant. */
  stoppedAt: Date | null;
  stoppedBy: string | null;
  stopReason: string | null;
  /** Archives, restores and removals of a day over all tenants above max(holdMin, holdShare of active) are held. */
  holdMin: number;
  holdShare: number;
};
/** What counts against the fleet's limits: active people, and the last 24 hours of what the limits hold. */

export type FleetDay = { active: number; archives: number; restores: number; removals: number };
