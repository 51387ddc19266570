import type { ChangeEvent } from "@/lib/audit/event-dto";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { ApprovalRow } from "@/lib/changes/approval/read-approvals";
import type { Authorship } from "@/lib/changes/model/authorship";
import type { TaskView } from "@/lib/changes/model/change-task";
import type { IntentKind } from "@/lib/changes/model/intent";
import type { FieldDifference, OperationKind, PlanWarning, Risk } from "@/lib/changes/model/plan-types";
import type {
  ChangeStanding,
  ChangeState,
  OperationCounts,
  OperationState,
  RunState,
} from "@/lib/changes/model/states";

export type ChangeRow = {
  id: string;
  number: number;
  kind: IntentKind;
  title: string;
  state: ChangeState;
  standing: ChangeStanding;
  requestedBy: string;
  requestedAt: Date;
  ticket: string | null;
  tenants: number;
  counts: OperationCounts;
  /** Failed operations that still need somebody, counted up to UNREPAIRED_MAX. */
  unrepaired: number;
  /** After this time an unapplied plan, and the held lines of an applied one, must be planned again. */
  expiresAt: Date;
  /** When a worker applies it. */
  scheduledAt: Date | null;
  pausedAt: Date | null;
  /** The change that this one retries or undoes. */
  parentNumber: number | null;
};

export type ChangeDetail = ChangeRow & {
  reason: string;
  requestedById: string;
  /** Empty while there is no plan. */
  planHash: string;
  /** A worker's open or refused task; null for a change that a request plans and applies. */
  task: TaskView | null;
  appliedAt: Date | null;
  finishedAt: Date | null;
  /** Who paused, cancelled or discarded it, with their reason; null where it ended otherwise. */
  steered: { by: string; reason: string | null } | null;
  /** Who approved or rejected held lines, and why, oldest first. */
  decisions: Decision[];
  /** The zone of the scheduled time; null exactly when the time is. */
  zone: string | null;
  /** The change that this one retries or undoes, and those that retry or undo it, oldest first. */
  parent: LinkedChange | null;
  children: LinkedChange[];
  /** How the viewer stands to the held lines. */
  authorship: Authorship;
  /** Who approved held lines, and an author's own approval that waits; oldest first. */
  approvals: ApprovalRow[];
  /** Of a plan that was not applied: other open changes of the same people or groups. */
  rivals: LinkedChange[];
  runs: RunDetail[];
};

export type Decision = ChangeEvent<"change.held_approved" | "change.held_rejected">;

type LinkedChange = {
  id: string;
  number: number;
  kind: IntentKind;
  title: string;
  state: ChangeState;
};

export type RunDetail = {
  id: string;
  tenantId: string;
  tenantName: string;
  tenantMode: string;
  /** The tenant's current state, not the one when the plan was made. */
  tenantState: string;
  /** Test Mode as an operator recorded it; null when not recorded. */
  testMode: boolean | null;
  state: RunState;
  /** Why the plan refused the tenant, or why the run is waiting. */
  reason: CatalogueCode | null;
  nextAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When the directory that the plan was compared with was read. */
  readAt: Date | null;
  counts: OperationCounts;
  /** All lines, including those not among `operations`. */
  lines: LineCount[];
  /** The number of lines with each risk, without refused ones. */
  risks: { risk: Risk; count: number }[];
  /** Warnings about the tenant as a whole. */
  warnings: PlanWarning[];
  /** The first lines, held ones before the others. */
  operations: OperationRow[];
};

/** The number of lines with the same kind and result. */
export type LineCount = {
  kind: OperationKind;
  state: OperationState;
  reason: CatalogueCode | null;
  count: number;
};

export type OperationRow = {
  id: string;
  tenantId: string;
  kind: OperationKind;
  state: OperationState;
  target: string;
  label: string;
  resourceId: string | null;
  /** The failed operation that this one repeats. */
  retryOf: string | null;
  diff: FieldDifference[];
  why: string;
  risks: Risk[];
  reason: CatalogueCode | null;
  detail: string | null;
  attempt: number;
  httpStatus: number | null;
  nextAt: Date;
  sentAt: Date | null;
  acceptedAt: Date | null;
  confirmedAt: Date | null;
  confirmAt: Date | null;
};

/** One exchange with the tenant, redacted before it was stored. */
export type AttemptRow = {
  id: string;
  number: number;
  at: Date;
  durationMs: number;
  method: string;
  path: string;
  requestBody: string | null;
  status: number | null;
  responseBody: string | null;
  error: string | null;
  requestId: string | null;
};

/** A tenant's sync history: what each change did there. */
export type RunRow = {
  id: string;
  changeId: string;
  number: number;
  title: string;
  kind: IntentKind;
  state: RunState;
  reason: CatalogueCode | null;
  requestedBy: string;
  changeReason: string;
  ticket: string | null;
  queuedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  counts: OperationCounts;
};
