import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { DomainOwners, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { leaveOutProtected } from "@/lib/changes/rails/attributes";
import { followOthers, leaveOutHeldElsewhere } from "@/lib/changes/rails/followers";
import { holdDay } from "@/lib/changes/rails/limits";
import { holdSeats } from "@/lib/changes/rails/seats";
import { guardPeople } from "@/lib/changes/rails/people";
import { guardAbsence } from "@/lib/changes/rails/source";

/**
 * Why nothing may be written to this tenant at all, or null. Checked when a plan is made, when it is applied and when
 * a worker takes the run: a mode may change in between.
 */
export function refusalOf(tenant: Pick<TenantFacts, "mode" | "state" | "readAt">): CatalogueCode | null {
  if (tenant.state === "disconnected") return "tenant-disconnected";
  if (tenant.mode === "observe") return "tenant-observed";
  if (tenant.readAt === null) return "directory-unread";
  return null;
}

/**
 * Applies one tenant's rails to its lines: a line is refused (skipped, with a reason), held for another operator, or
 * unchanged. A held or refused line never blocks the rest. The fleet's rail follows, then `settleRails`.
 */
export function applyRails(
  operations: readonly PlannedOperation[],
  tenant: TenantFacts,
  owners: DomainOwners,
): PlannedOperation[] {
  const guarded = operations.map((operation) =>
    guardAbsence(
      guardDomain(guardSwitches(leaveOutProtected(operation, tenant.protectedKeys), tenant), tenant, owners),
      tenant,
    ),
  );
  return holdDay(guardPeople(guarded, tenant), tenant);
}

/** Applies what needs the result of all other rails: seats, and lines that depend on others. */
export function settleRails(operations: PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  return leaveOutHeldElsewhere(followOthers(holdSeats(operations, tenant)), tenant);
}

/** Applies the tenant's switches. A restore and a membership are updates; linking writes nothing. */
function guardSwitches(operation: PlannedOperation, { rails }: TenantFacts): PlannedOperation {
  if (operation.state !== "planned") return operation;
  const isAllowed = {
    create: rails.allowCreate,
    group_create: rails.allowCreate,
    update: rails.allowUpdate,
    restore: rails.allowUpdate,
    members_add: rails.allowUpdate,
    members_remove: rails.allowUpdate,
    archive: rails.allowArchive,
    link: true,
  }[operation.kind];
  return isAllowed ? operation : { ...operation, state: "skipped", reason: "switched-off" };
}

/**
 * Refuses a new address outside the tenant's domains, and names the tenant that owns the domain if the reader may see
 * it. A tenant without domains accepts any that no other tenant owns.
 */
function guardDomain(
  operation: PlannedOperation,
  tenant: TenantFacts,
  owners: DomainOwners,
): PlannedOperation {
  const address = newAddressOf(operation);
  if (operation.state !== "planned" || address === null) return operation;
  const domain = domainOf(address);
  if (tenant.domains.includes(domain)) return operation;
  const isOwned = owners.has(domain);
  if (tenant.domains.length === 0 && !isOwned) return operation;
  return {
    ...operation,
    state: "skipped",
    reason: "domain-not-allowed",
    why: isOwned
      ? `${domain} belongs to ${owners.get(domain) ?? "another tenant"}`
      : `${domain} is not one of ${tenant.domains.join(", ")}`,
    risks: isOwned ? [...operation.risks, "other-tenant-domain"] : operation.risks,
  };
}

function newAddressOf({ intent, target }: PlannedOperation): string | null {
  if (intent.kind === "create") return target;
  return intent.kind === "update" ? (intent.changes.userName ?? null) : null;
}

function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();
}
