import type { AttributeChanges, AttributeValues } from "@/lib/knowbe4/attributes";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

/** What a tenant looks like to the planner: read from the mirror, never from the tenant. */
export type TenantFacts = {
  id: string;
  name: string;
  mode: "observe" | "source" | "mixed";
  state: string;
  domains: readonly string[];
  /** When the mirror was last read whole; null means never, and nothing is planned against nothing. */
  readAt: Date | null;
  active: number;
  archivedLastDay: number;
  archiveHoldMin: number;
  archiveHoldShare: number;
  /** Accounts that an address or a resource id of the intent points at. */
  accounts: readonly AccountFacts[];
  groups: readonly GroupFacts[];
};

export type AccountFacts = {
  resourceId: string;
  userName: string;
  displayName: string;
  active: boolean;
  attributes: AttributeValues;
  /** Resource ids of the groups it is in. */
  groupIds: readonly string[];
};

export type GroupFacts = { resourceId: string; displayName: string };

/** Domains of other tenants, in lower case, to the name of the tenant that holds them. */
export type DomainOwners = ReadonlyMap<string, string>;

export type OperationKind =
  | "create"
  | "update"
  | "archive"
  | "restore"
  | "link"
  | "group_create"
  | "members_add"
  | "members_remove";

/** What the worker needs to carry an operation out; ids of resources that do not exist yet come from `dependsOn`. */
export type OperationIntent =
  | { kind: "create"; values: AttributeValues }
  | { kind: "update"; changes: AttributeChanges }
  | { kind: "archive" | "restore" | "link" }
  | { kind: "group_create"; displayName: string }
  | { kind: "members_add" | "members_remove"; displayName: string; members: readonly MemberReference[] };

/** A member that stands already, or one that an operation of the same run creates. */
export type MemberReference = { resourceId: string } | { operationKey: string };

export type FieldDifference = { field: string; label: string; before: string | null; after: string | null };

export type Risk =
  | "archives"
  | "other-tenant-domain"
  | "may-enrol"
  | "new-group"
  | "restores"
  | "name-differs";

export type PlannedOperation = {
  /** Names the operation inside its run, so that others can depend on it before it has an id. */
  key: string;
  kind: OperationKind;
  /** planned: may be applied. held: waits for another operator. skipped: refused, `reason` says why. */
  state: "planned" | "held" | "skipped";
  reason: CatalogueCode | null;
  target: string;
  label: string;
  resourceKey: string;
  resourceId: string | null;
  intent: OperationIntent;
  diff: FieldDifference[];
  why: string;
  risks: Risk[];
  dependsOn: string[];
};

export type PlannedRun = {
  tenantId: string;
  /** Why nothing of this tenant can be applied, or null. */
  refusal: CatalogueCode | null;
  operations: PlannedOperation[];
};

export type Plan = { runs: PlannedRun[] };
