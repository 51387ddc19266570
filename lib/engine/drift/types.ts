/** A value that somebody else changed, with the decision open. */
export type OpenDrift = {
  id: string;
  /** The person's id, or the group's where the field is `group`. */
  resourceId: string;
  /** Empty for a group. */
  userName: string;
  label: string;
  /** An attribute key, active | appeared | vanished, group:<group's id> for a membership, or group. */
  field: string;
  before: string | null;
  after: string | null;
  seenAt: Date;
  /** Our last write to this field, or null. */
  writtenBy: { changeId: string; number: number } | null;
};

export type OpenDriftPage = {
  rows: OpenDrift[];
  /** Includes rows beyond this page. */
  total: number;
};

/** A decided drift row. */
export type DecidedDrift = Omit<OpenDrift, "resourceId" | "writtenBy"> & {
  state: "accepted" | "put_back" | "always";
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  change: { changeId: string; number: number; state: string } | null;
};

/** A tenant with values that wait for a decision. */
export type DriftingTenant = { tenantId: string; tenantName: string; values: number; since: Date };
