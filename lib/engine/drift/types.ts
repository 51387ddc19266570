/** A value that somebody else changed, waiting for a decision. */
export type OpenDrift = {
  id: string;
  /** A person's, or a group's where the field is `group`. */
  resourceId: string;
  /** Empty for a group. */
  userName: string;
  label: string;
  /** An attribute key, active | appeared | vanished, group:<group's id> for a membership, or group. */
  field: string;
  before: string | null;
  after: string | null;
  seenAt: Date;
  /** What we wrote to this field last, if we ever did. */
  writtenBy: { changeId: string; number: number } | null;
};

export type OpenDriftPage = {
  rows: OpenDrift[];
  /** Also of what is beyond the page. */
  total: number;
};

/** A decision that was taken about one. */
export type DecidedDrift = Omit<OpenDrift, "resourceId" | "writtenBy"> & {
  state: "accepted" | "put_back" | "always";
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  change: { changeId: string; number: number; state: string } | null;
};
