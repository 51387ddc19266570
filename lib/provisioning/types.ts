import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { IntentKind } from "@/lib/provisioning/intent";
import type { FieldDifference, OperationKind, Risk } from "@/lib/provisioning/plan-types";
import type {
  ChangeStanding,
  ChangeState,
  OperationCounts,
  OperationState,
  RunState,
} from "@/lib/provisioning/progress";

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
};

export type ChangeDetail = ChangeRow & {
  reason: string;
  requestedById: string;
  planHash: string;
  expiresAt: Date;
  appliedAt: Date | null;
  finishedAt: Date | null;
  runs: RunDetail[];
};

export type RunDetail = {
  id: string;
  tenantId: string;
  tenantName: string;
  tenantMode: string;
  state: RunState;
  /** Why the plan refused the tenant, or why the run is waiting. */
  reason: CatalogueCode | null;
  nextAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When the directory that the plan compared with was read. */
  readAt: Date | null;
  counts: OperationCounts;
  operations: OperationRow[];
};

export type OperationRow = {
  id: string;
  tenantId: string;
  kind: OperationKind;
  state: OperationState;
  target: string;
  label: string;
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
