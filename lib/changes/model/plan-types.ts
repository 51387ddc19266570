import type { guardedKinds } from "@/lib/states";
import type { AttributeChanges, AttributeKey, AttributeValues } from "@/lib/knowbe4/attributes";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { DesiredRoster, ListingFacts } from "@/lib/roster/model/types";
import type { OperationState } from "@/lib/changes/model/states";

/** A tenant as the planner sees it: read from the mirror, never from the tenant. */
export type TenantFacts = {
  id: string;
  name: string;
  mode: "observe" | "source" | "mixed";
  state: string;
  domains: readonly string[];
  /** When the mirror was last fully read; null means never, and then nothing can be planned. */
  readAt: Date | null;
  active: number;
  rails: TenantRails;
  /** Writes sent or queued in the last 24 hours; the rail adds the plan's own lines. */
  lastDay: GuardedCounts;
  /** Change in active people under way and not yet in the mirror: creates and restores minus archives. */
  pendingActive: number;
  /** Attributes that no change may write here. */
  protectedKeys: ReadonlySet<AttributeKey>;
  /** Guarded people, by userNameKey. */
  guards: ReadonlyMap<string, readonly Guard[]>;
  /** userNameKeys of people whose guard was removed lately: archiving them needs a second operator. */
  unguarded: ReadonlySet<string>;
  /** Accounts the intent may refer to; for a roster, all accounts of the mirror or those its keys name. */
  accounts: readonly AccountFacts[];
  groups: readonly GroupFacts[];
  /** userNameKeys whose address an account of another tenant has, in the reader's scope or not. */
  elsewhere: ReadonlySet<string>;
  /** For an import or a reconcile. */
  roster: RosterFacts | null;
  /** For an undo or a retry, in the order they were applied. */
  past: readonly PastOperation[];
};

/** The kinds of write that a rail counts by the day. */
export type GuardedKind = (typeof guardedKinds)[number];

/** People, not lines: a line that removes a hundred members from a group counts a hundred. */
export type GuardedCounts = Readonly<Record<GuardedKind, number>>;

/** A day's writes above max(min, share of the active people) are held. */
export type HoldLimit = { min: number; share: number };

export type TenantRails = {
  limits: Readonly<Record<GuardedKind, HoldLimit>>;
  allowCreate: boolean;
  allowUpdate: boolean;
  allowArchive: boolean;
  /** Active people that the licence allows; null while unknown. */
  seats: number | null;
};

export type Guard = "protected" | "admin" | "excluded";

/** The fleet's figures that a plan is checked against. */
export type FleetFacts = { active: number; lastDay: GuardedCounts; limit: HoldLimit };

export type RosterFacts = {
  desired: DesiredRoster;
  /** The listing from which people are absent; null if no list was ever complete. */
  listing: ListingFacts | null;
  /** All accounts of the tenant are compared, so accounts without an entry can be counted. */
  isWhole: boolean;
  /** Accounts that our operations created or linked: they need no second link. */
  linkedIds: ReadonlySet<string>;
  /** `kind resourceKey` of lines that another change holds already: they are not planned again. */
  heldElsewhere: ReadonlySet<string>;
};

/** An operation of an earlier change, whose members are given as resources. */
export type PastOperation = {
  id: string;
  state: OperationState;
  reason: string | null;
  target: string;
  label: string;
  resourceId: string | null;
  intent: PastIntent;
  diff: readonly FieldDifference[];
};

export type PastIntent =
  | Exclude<OperationIntent, { members: unknown }>
  | {
      kind: "members_add" | "members_remove";
      displayName: string;
      /** A member that an operation was to create is given by that operation, with the resource it created. */
      members: readonly { resourceId: string | null; operationId: string | null }[];
    };

export type AccountFacts = {
  resourceId: string;
  userName: string;
  displayName: string;
  active: boolean;
  attributes: AttributeValues;
  /** Resource ids of the account's groups. */
  groupIds: readonly string[];
};

export type GroupFacts = { resourceId: string; displayName: string };

/** The domains of all tenants, in lower case: the tenant's name where the reader may see it, else null. */
export type DomainOwners = ReadonlyMap<string, string | null>;

export type OperationKind =
  | "create"
  | "update"
  | "archive"
  | "restore"
  | "link"
  | "group_create"
  | "members_add"
  | "members_remove";

/** What the worker needs to carry out an operation; ids of resources that do not exist yet come from `dependsOn`. */
export type OperationIntent =
  | { kind: "create"; values: AttributeValues }
  | { kind: "update"; changes: AttributeChanges }
  | { kind: "archive" | "restore" | "link" }
  | { kind: "group_create"; displayName: string }
  | { kind: "members_add" | "members_remove"; displayName: string; members: readonly MemberReference[] };

/** A member that exists, or one that an operation of the same run creates. */
export type MemberReference = { resourceId: string } | { operationKey: string };

export type FieldDifference = { field: string; label: string; before: string | null; after: string | null };

export type Risk =
  | "archives"
  | "other-tenant-domain"
  | "other-tenant-address"
  | "may-enrol"
  | "new-group"
  | "restores"
  | "name-differs"
  /**
   * The address of an existing account changes: a system that still uses the old one would create a second account.
   */
  | "address-changes"
  /** The user principal name differs from the e-mail, so matching by it would find nobody. */
  | "principal-differs"
  /** KnowBe4 drops e-mail aliases once SCIM writes to an account (KnowBe4 SCIM Configuration Guide). */
  | "loses-aliases"
  | "protected-person"
  | "console-admin"
  /** A requested value is protected by the tenant's policy and was left out. */
  | "protected-attribute"
  /** Others have changed a value since, and theirs was kept. */
  | "changed-since";

export type PlannedOperation = {
  /** Names the operation within its run, so that others can depend on it before it has an id. */
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
  /** The operation that this one repeats. */
  retryOf?: string;
  /** Archived for being absent from a list, so a short list holds or refuses it. */
  isAbsence?: boolean;
};

/** An account found for a roster entry, stored when the plan is applied. */
export type RosterLink = { userName: string; resourceId: string };

export type PlannedRun = {
  tenantId: string;
  /** Why nothing of this tenant can be applied, or null. */
  refusal: CatalogueCode | null;
  operations: PlannedOperation[];
  warnings?: PlanWarning[];
  links?: readonly RosterLink[];
};

/** A warning about a tenant's whole share that no single line carries. */
export type PlanWarning = { tenantId: string; code: PlanWarningCode; count: number; of?: number };

/**
 * orphans: accounts without a roster entry, left alone. seats: active people after the plan, of how many seats.
 * source-shrunk and source-incomplete: how many people the list names, of how many before.
 */
type PlanWarningCode = "orphans" | "seats" | "source-shrunk" | "source-incomplete";

export type Plan = { runs: PlannedRun[] };
