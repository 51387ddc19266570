import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { DomainOwners, PlannedOperation, TenantFacts } from "@/lib/provisioning/plan-types";

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
 * left as it is. A held or refused line never blocks the rest.
 */
export function applyRails(
  operations: readonly PlannedOperation[],
  tenant: TenantFacts,
  owners: DomainOwners,
): PlannedOperation[] {
  const guarded = operations.map((operation) => guardDomain(operation, tenant, owners));
  const refused = new Set(guarded.filter(({ state }) => state === "skipped").map(({ key }) => key));
  return holdArchives(
    skipEmptyGroups(guarded.map((operation) => skipDependents(operation, refused))),
    tenant,
  );
}

/**
 * An address of a domain that is not the tenant's: refused, and named when it is another tenant's. A tenant that
 * lists no domain takes any but those.
 */
function guardDomain(
  operation: PlannedOperation,
  tenant: TenantFacts,
  owners: DomainOwners,
): PlannedOperation {
  if (operation.kind !== "create") return operation;
  const domain = domainOf(operation.target);
  const owner = owners.get(domain);
  if (tenant.domains.includes(domain) || (tenant.domains.length === 0 && !owner)) return operation;
  return {
    ...operation,
    state: "skipped",
    reason: "domain-not-allowed",
    why: owner ? `${domain} belongs to ${owner}` : `${domain} is not one of ${tenant.domains.join(", ")}`,
    risks: owner ? [...operation.risks, "other-tenant-domain"] : operation.risks,
  };
}

function skipDependents(operation: PlannedOperation, refused: ReadonlySet<string>): PlannedOperation {
  if (operation.state !== "planned" || !operation.dependsOn.some((key) => refused.has(key))) return operation;
  return { ...operation, state: "skipped", reason: "dependency-failed" };
}

/** A group that nobody is left to join is not created: it would stand there empty. */
function skipEmptyGroups(operations: readonly PlannedOperation[]): PlannedOperation[] {
  const wanted = new Set(
    operations.filter(({ state }) => state === "planned").flatMap(({ dependsOn }) => dependsOn),
  );
  return operations.map((operation) =>
    operation.kind === "group_create" && operation.state === "planned" && !wanted.has(operation.key)
      ? { ...operation, state: "skipped", reason: "dependency-failed" }
      : operation,
  );
}

/**
 * Archives above max(archiveHoldMin, archiveHoldShare of the active people) are held, all of them: which of eleven
 * were meant is not ours to pick. Those of the last 24 hours count, so a slow drip is held too.
 */
function holdArchives(operations: readonly PlannedOperation[], tenant: TenantFacts): PlannedOperation[] {
  const planned = operations.filter(({ kind, state }) => kind === "archive" && state === "planned").length;
  if (planned === 0 || planned + tenant.archivedLastDay <= archiveThreshold(tenant)) return [...operations];
  return operations.map((operation) =>
    operation.kind === "archive" && operation.state === "planned"
      ? { ...operation, state: "held", reason: "held-by-threshold" }
      : operation,
  );
}

/** How many archives a tenant takes in a day before a second operator is asked. */
export function archiveThreshold(
  tenant: Pick<TenantFacts, "active" | "archiveHoldMin" | "archiveHoldShare">,
): number {
  return Math.max(tenant.archiveHoldMin, Math.floor(tenant.active * tenant.archiveHoldShare));
}

export function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();
}
