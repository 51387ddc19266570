/** The requests of a tenant since it was created or its stats were reset. */
export interface Stats {
  requests: Map<string, number>;
  statuses: Map<number, number>;
  faults: Map<string, number>;
  /** Accepted POST /Users by lower-cased userName: more than one is a duplicate that a client must never cause. */
  createsByUserName: Map<string, number>;
  conflicts: number;
  authorizationFailures: number;
  inFlight: number;
  inFlightMax: number;
}

export interface StatsReport {
  requestsTotal: number;
  /** By "METHOD /Route", for example "PATCH /Users/:id". */
  requests: Record<string, number>;
  statuses: Record<string, number>;
  faults: Record<string, number>;
  createsAccepted: number;
  /** userName -> accepted creates, only where more than one was accepted. */
  duplicateCreates: Record<string, number>;
  conflicts: number;
  authorizationFailures: number;
  inFlight: number;
  inFlightMax: number;
}

export function newStats(): Stats {
  return {
    requests: new Map(),
    statuses: new Map(),
    faults: new Map(),
    createsByUserName: new Map(),
    conflicts: 0,
    authorizationFailures: 0,
    inFlight: 0,
    inFlightMax: 0,
  };
}

export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Resets the counts. Requests that are being answered stay in flight. */
export function resetStats(stats: Stats): void {
  const { inFlight } = stats;
  Object.assign(stats, newStats(), { inFlight, inFlightMax: inFlight });
}

export function toStatsReport(stats: Stats): StatsReport {
  const creates = [...stats.createsByUserName];
  return {
    requestsTotal: [...stats.requests.values()].reduce((sum, each) => sum + each, 0),
    requests: Object.fromEntries(stats.requests),
    statuses: Object.fromEntries(stats.statuses),
    faults: Object.fromEntries(stats.faults),
    createsAccepted: creates.reduce((sum, [, each]) => sum + each, 0),
    duplicateCreates: Object.fromEntries(creates.filter(([, each]) => each > 1)),
    conflicts: stats.conflicts,
    authorizationFailures: stats.authorizationFailures,
    inFlight: stats.inFlight,
    inFlightMax: stats.inFlightMax,
  };
}
