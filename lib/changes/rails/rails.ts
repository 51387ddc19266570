import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { DomainOwners, PlannedOperation, TenantFacts } from "@/lib/changes/model/plan-types";
import { leaveOutProtected } from "@/lib/changes/rails/rails-attributes";
import { followOthers, leaveOutHeldElsewhere } from "@/lib/changes/rails/rails-followers";
import { holdDay, holdSeats } from "@/lib/changes/rails/rails-limits";
import { guardPeople } from "@/lib/changes/rails/rails-people";
import { guardAbsence } from "@/lib/changes/rails/rails-source";

/**
 * Why nothing may be written to this tenant at all, or null. Asked when a plan is made, again when it is applied and
 * again when a worker takes the run: a mode may change in between.
 */
export function refusalOf(tenant: Pick<TenantFacts, "mode" | "state" | "readAt">): CatalogueCode | null {
  if (tenant.state === "disconnected") return "tenant-disconnected";
  if (tenant.mode === "observe") return "tenant-observed";
  if (tenant.readAt === null) return "directory-unread";
  return null;
}

/**
 * The rails of one tenant over its lines: a line is refused (skipped, with a reason), held for another operator, or
 * left as it is. A held or refused line never blocks the rest. The fleet's rail comes after these, and
 * `settleRails` after that.
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

/** What can only be said once every other rail has spoken: who still takes a seat, and what hangs on whom. */
export function settleRails(operations: PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  return leaveOutHeldElsewhere(followOthers(holdSeats(operations, tenant)), tenant);
}

/** Switches of the tenant. A restore and a membership are updates; linking writes nothing. */
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
 * A new address of a domain that is not the tenant's: refused, and named when it is another tenant's. A tenant that
 * lists no domain takes any but those.
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
  const owner = owners.get(domain);
  if (tenant.domains.length === 0 && !owner) return operation;
  return {
    ...operation,
    state: "skipped",
    reason: "domain-not-allowed",
    why: owner ? `${domain} belongs to ${owner}` : `${domain} is not one of ${tenant.domains.join(", ")}`,
    risks: owner ? [...operation.risks, "other-tenant-domain"] : operation.risks,
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
