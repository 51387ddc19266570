/** A value that somebody else changed, waiting for a decision. */
export type OpenDrift = {
  id: string;
  resourceId: string;
  userName: string;
  label: string;
  /** An attribute key, or active | appeared | vanished. */
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
