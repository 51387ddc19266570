import type { Role } from "@/lib/auth/roles";

const everyone: readonly Role[] = ["owner", "technician", "auditor"];
const operating: readonly Role[] = ["owner", "technician"];
const reviewing: readonly Role[] = ["owner", "auditor"];
const owning: readonly Role[] = ["owner"];

/**
 * The whole permission matrix by role; anything not listed is forbidden. The Scope limits the tenants; see
 * authorize.ts.
 */
const matrix = {
  "tenant.read": everyone,
  /** A technician who connects a tenant is granted it in the same transaction. */
  "tenant.connect": operating,
  /** Pause, resume, rename, domains, replace the token. */
  "tenant.manage": operating,
  /** observe, mixed, source: decides whether people can be archived for absence. */
  "tenant.mode": owning,
  "tenant.disconnect": owning,
  "directory.read": everyone,
  "directory.refresh": operating,
  "change.read": everyone,
  "change.create": operating,
  "change.apply": operating,
  /** Lists as CSV: a role may export what it may read. */
  "list.export": everyone,
  "roster.read": everyone,
  /** Mapping, scope, groups, guards of persons, and adopting the inventory. */
  "roster.manage": operating,
  "import.create": operating,
  /** Limits, switches and seats: an operator whom a rail limits may not change it. */
  "rails.manage": owning,
  /** How often a tenant is read; automatic reconciling needs `tenant.mode`. */
  "sync.manage": operating,
  "drift.decide": operating,
  "issue.read": everyone,
  "issue.resolve": operating,
  "fleet.stop": operating,
  /** Resuming the fleet, and the fleet's own limits. */
  "fleet.manage": owning,
  "audit.read": everyone,
  "audit.verify": reviewing,
  "operator.manage": owning,
  /** An operator's own password and sessions. */
  "self.manage": everyone,
} as const;

export type Permission = keyof typeof matrix;

export const permissions = Object.keys(matrix) as Permission[];

export function can(role: Role, permission: Permission): boolean {
  return matrix[permission].includes(role);
}
