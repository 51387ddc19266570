/**
 * One row of the console's Provisioning tab, after KnowBe4's own (Provisioning Subtab Guide,
 * support.knowbe4.com/hc/en-us/articles/4408867460371): a status, counts by kind, and a Test Mode mark.
 */
export interface Sync {
  id: string;
  service: "SCIM";
  status: "Pending" | "Processing" | "Completed" | "Skipped";
  testMode: boolean;
  /** True when Force Sync Now started it, false when the timer did. */
  forced: boolean;
  /** ISO 8601, UTC. */
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  users: SyncCounts;
  groups: SyncCounts;
  memberships: SyncCounts;
  /** The actions (in Test Mode, those that would happen), one line each, at most `reportLinesMax` lines. */
  report: ReportLine[];
  /** The number of lines omitted from the report. */
  reportLeftOff: number;
}

export interface SyncCounts {
  created: number;
  archived: number;
  restored: number;
  changed: number;
}

export interface ReportLine {
  level: "info" | "error";
  /** A stable name: "created", "seats-exceeded", "address-in-other-account", … */
  code: string;
  /** The address of a person or the name of a group. */
  subject: string;
  message: string;
}

const reportLinesMax = 500;

export function newSync(id: string, nowMs: number): Sync {
  return {
    id,
    service: "SCIM",
    status: "Pending",
    testMode: false,
    forced: false,
    createdAt: new Date(nowMs).toISOString(),
    startedAt: null,
    finishedAt: null,
    users: newCounts(),
    groups: newCounts(),
    memberships: newCounts(),
    report: [],
    reportLeftOff: 0,
  };
}

/** Adds a line, or counts it as omitted once the report is full. Errors are always kept. */
export function addReportLine(sync: Sync, line: ReportLine): void {
  if (line.level === "info" && sync.report.length >= reportLinesMax) sync.reportLeftOff += 1;
  else sync.report.push(line);
}

export function isEmptySync(sync: Sync): boolean {
  return [sync.users, sync.groups, sync.memberships].every(
    (counts) => counts.created + counts.archived + counts.restored + counts.changed === 0,
  );
}

function newCounts(): SyncCounts {
  return { created: 0, archived: 0, restored: 0, changed: 0 };
}
