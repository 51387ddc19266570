import type { ChangeView, OperationView, RunView } from "@/components/changes/model/wire";
import { noAuthorship } from "@/lib/changes/model/authorship";
import { type ChangeState, countStates, standingOf } from "@/lib/changes/model/states";

const at = "2026-11-21T10:42:00.000Z";

/** An operation as a plan makes it, with the test's own values. */
export function toOperation(given: Partial<OperationView> = {}): OperationView {
  return {
    id: "op",
    tenantId: "t1",
    kind: "create",
    state: "planned",
    target: "ana.ruiz@contoso.example",
    label: "Ana Ruiz",
    resourceId: null,
    retryOf: null,
    diff: [],
    why: "Not in this tenant's directory",
    risks: [],
    reason: null,
    detail: null,
    attempt: 0,
    httpStatus: null,
    nextAt: at,
    sentAt: null,
    acceptedAt: null,
    confirmedAt: null,
    confirmAt: null,
    ...given,
  };
}

/** A tenant's run with these operations, and their counts. */
export function toRun(operations: readonly OperationView[], given: Partial<RunView> = {}): RunView {
  return {
    id: "run",
    tenantId: "t1",
    tenantName: "Contoso Legal",
    tenantMode: "source",
    tenantState: "healthy",
    testMode: false,
    state: "planned",
    reason: null,
    nextAt: at,
    startedAt: null,
    finishedAt: null,
    readAt: at,
    counts: countStates(operations.map(({ state }) => ({ state, count: 1 }))),
    lines: operations.map(({ kind, state, reason }) => ({ kind, state, reason, count: 1 })),
    risks: operations.flatMap(({ state, risks }) =>
      state === "skipped" ? [] : risks.map((risk) => ({ risk, count: 1 })),
    ),
    warnings: [],
    operations: [...operations],
    ...given,
  };
}

/** A change with these runs, with counts and standing as the server computes them. */
export function toChange(
  state: ChangeState,
  runs: readonly RunView[],
  given: Partial<ChangeView> = {},
): ChangeView {
  const counts = countStates(
    runs.flatMap((run) => Object.entries(run.counts).map(([each, count]) => ({ state: each, count }))),
  );
  return {
    id: "change",
    number: 1042,
    kind: "onboard",
    title: "Onboard Ana Ruiz",
    state,
    standing: standingOf(state, counts),
    requestedBy: "Priya Nair",
    requestedById: "priya",
    requestedAt: at,
    ticket: null,
    tenants: runs.length,
    counts,
    unrepaired: counts.failed,
    reason: "New hire",
    planHash: "0".repeat(64),
    task: null,
    expiresAt: "2026-11-22T10:42:00.000Z",
    appliedAt: null,
    finishedAt: null,
    scheduledAt: null,
    zone: null,
    pausedAt: null,
    steered: null,
    decisions: [],
    rivals: [],
    parent: null,
    parentNumber: null,
    children: [],
    authorship: noAuthorship,
    approvals: [],
    runs: [...runs],
    ...given,
  };
}
