/**
 * All actions that Rollcall records: `category.verb`, a closed set. Filters, reports and alarms can name them, and a
 * misspelt action does not compile. List renamed actions in renamed-actions.ts.
 */
export const AUDIT_ACTIONS = [
  "session.signed_in",
  "session.refused",
  "session.signed_out",
  "session.revoked",
  "setup.completed",
  "operator.created",
  "operator.role_changed",
  "operator.disabled",
  "operator.enabled",
  "operator.password_changed",
  "operator.grants_changed",
  "access.denied",
  "tenant.connected",
  "tenant.probed",
  "tenant.paused",
  "tenant.resumed",
  "tenant.quarantined",
  "tenant.recovered",
  "tenant.disconnected",
  "tenant.renamed",
  "tenant.mode_changed",
  "tenant.domains_changed",
  "tenant.limits_changed",
  "tenant.rails_changed",
  "tenant.sync_changed",
  "tenant.sync_requested",
  "tenant.synced",
  "fleet.stopped",
  "fleet.resumed",
  "fleet.limits_changed",
  "roster.adopted",
  "roster.changed",
  "roster.listed",
  "policy.changed",
  "guard.added",
  "guard.removed",
  "import.read",
  "import.checked",
  "import.discarded",
  "import.ended",
  "drift.found",
  "drift.accepted",
  "drift.put_back",
  "drift.always_accepted",
  "issue.opened",
  "issue.resolved",
  "list.exported",
  "token.sealed",
  "token.replaced",
  "token.destroyed",
  "token.fingerprint_viewed",
  "token.rejected",
  "directory.read_requested",
  "directory.read",
  "directory.read_failed",
  "change.plan_requested",
  "change.planned",
  "change.plan_failed",
  "change.apply_requested",
  "change.apply_withdrawn",
  "change.apply_refused",
  "change.applied",
  "change.discarded",
  "change.cancelled",
  "change.scheduled",
  "change.schedule_missed",
  "change.paused",
  "change.resumed",
  "change.held_approved",
  "change.lone_approval_requested",
  "change.lone_approval_stopped",
  "change.held_rejected",
  "change.finished",
  "run.started",
  "run.taken_over",
  "run.finished",
  "run.stopped",
  "operation.accepted",
  "operation.confirmed",
  "operation.failed",
  "operation.skipped",
  "operation.unknown",
  "audit.exported",
  "audit.verified",
  "audit.anchors_begun",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Values by field name. Keys that name a secret are refused when the event is written (event-body.ts). */
export type EventValues = Record<string, unknown>;

/** What happened. The actor, address and request are never given here: they come from the Scope. */
export type AuditEvent = {
  action: AuditAction;
  tenantId?: string;
  changeId?: string;
  /** The target in words for people: an address, a tenant's name, CHG-1042. */
  target: string;
  /** The result: a state or a code of the error catalogue. */
  result?: string;
  reason?: string;
  ticket?: string;
  before?: EventValues;
  after?: EventValues;
  details?: EventValues;
};
