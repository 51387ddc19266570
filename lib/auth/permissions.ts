import type { Role } from "@/lib/auth/roles";

const everyone: readonly Role[] = ["owner", "technician", "auditor"];
const operating: readonly Role[] = ["owner", "technician"];
const reviewing: readonly Role[] = ["owner", "auditor"];
const owning: readonly Role[] = ["owner"];

/**
 * The whole matrix: what may be done, and by which roles. What is not here nobody may do.
 * Which tenants it may be done in is the other half, and stands in the Scope: see authorize.ts.
 */
const matrix = {
  "tenant.read": everyone,
  /** A technician who connects a tenant is granted it in the same transaction. */
  "tenant.connect": operating,
  /** Pause, resume, rename, domains, replace the token. */
  "tenant.manage": operating,
  /** observe, mixed, source: decides whether people can be archived by absence. */
  "tenant.mode": owning,
  "tenant.disconnect": owning,
  "directory.read": everyone,
  "directory.refresh": operating,
  "change.read": everyone,
  "change.create": operating,
  "change.apply": operating,
  /** Lists as CSV: what a role may read it may take along. */
  "list.export": everyone,
  "roster.read": everyone,
  /** Mapping, scope, groups, guards of persons, and adopting the inventory. */
  "roster.manage": operating,
  "import.create": operating,
  /** Limits on archives and the like, switches, seats: whoever is guarded by a rail does not move it. */
  "rails.manage": owning,
  /** How often a tenant is read; applying the roster by itself needs `tenant.mode`. */
  "sync.manage": operating,
  "drift.decide": operating,
  "issue.read": everyone,
  "issue.resolve": operating,
  "fleet.stop": operating,
  /** To let the fleet go on, and the fleet's own limits. */
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
