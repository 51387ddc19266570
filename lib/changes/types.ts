import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
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
  /** After this a plan that was not applied, and what is held of one that was, can only be planned anew. */
  expiresAt: Date;
  /** When a worker applies it. */
  scheduledAt: Date | null;
  pausedAt: Date | null;
  /** The change that this one repeats or undoes. */
  parentNumber: number | null;
};

export type ChangeDetail = ChangeRow & {
  reason: string;
  requestedById: string;
  planHash: string;
  appliedAt: Date | null;
  finishedAt: Date | null;
  /** Who paused, cancelled or discarded it, and what they said to it; null where it ended for another reason. */
  steered: { by: string; reason: string | null } | null;
  /** The zone that the scheduled time was meant in; null exactly when the time is. */
  zone: string | null;
  /** The change that this one repeats or undoes, and those that repeat or undo it, oldest first. */
  parent: LinkedChange | null;
  children: LinkedChange[];
  runs: RunDetail[];
};

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
  /** How the tenant stands now, whatever it was when the plan was made. */
  tenantState: string;
  /** Test Mode as an operator recorded it; null while nobody said. */
  testMode: boolean | null;
  state: RunState;
  /** Why the plan refused the tenant, or why the run is waiting. */
  reason: CatalogueCode | null;
  nextAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When the directory that the plan compared with was read. */
  readAt: Date | null;
  counts: OperationCounts;
  /** All lines, also those that are not among `operations`. */
  lines: LineCount[];
  /** How many lines carry a risk; refused ones are not counted. */
  risks: { risk: Risk; count: number }[];
  /** What the plan wants said of the tenant as a whole. */
  warnings: PlanWarning[];
  /** The first lines, held ones before the others. */
  operations: OperationRow[];
};

/** Lines of one kind that came to the same. */
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

/** One exchange with the tenant, redacted before it was kept. */
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
