import type { guardedKinds } from "@/lib/states";
import type { AttributeChanges, AttributeKey, AttributeValues } from "@/lib/knowbe4/attributes";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { DesiredRoster, ListingFacts } from "@/lib/roster/model/types";
import type { OperationState } from "@/lib/changes/model/states";

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
  rails: TenantRails;
  /** What was done, or is on its way, in the last 24 hours; the plan's own lines are counted by the rail. */
  lastDay: GuardedCounts;
  /** Active people that are on their way and not in the mirror yet: creates and restores less archives. */
  pendingActive: number;
  /** Attributes that no change of any kind writes here. */
  protectedKeys: ReadonlySet<AttributeKey>;
  /** Guarded people, by userNameKey. */
  guards: ReadonlyMap<string, readonly Guard[]>;
  /** Accounts that the intent may mean; for a roster, everybody of the mirror or whom its keys name. */
  accounts: readonly AccountFacts[];
  groups: readonly GroupFacts[];
  /** userNameKeys whose address an account of another tenant has (of those that the scope reaches). */
  elsewhere: ReadonlySet<string>;
  /** For an import or a reconcile. */
  roster: RosterFacts | null;
  /** For an undo or a retry, in the order they were carried out. */
  past: readonly PastOperation[];
};

/** The kinds of write that a rail counts by the day. */
export type GuardedKind = (typeof guardedKinds)[number];

/** People, not lines: a line that takes a hundred members out of a group counts a hundred. */
export type GuardedCounts = Readonly<Record<GuardedKind, number>>;

/** A day's writes above max(min, share of the active people) are held. */
export type HoldLimit = { min: number; share: number };

export type TenantRails = {
  limits: Readonly<Record<GuardedKind, HoldLimit>>;
  allowCreate: boolean;
  allowUpdate: boolean;
  allowArchive: boolean;
  /** Active people that the licence allows; null while nobody said. */
  seats: number | null;
};

export type Guard = "protected" | "admin" | "excluded";

/** The whole fleet, as far as a plan is weighed against it. */
export type FleetFacts = { active: number; lastDay: GuardedCounts; limit: HoldLimit };

export type RosterFacts = {
  desired: DesiredRoster;
  /** The listing that the people marked absent are missing from; null where no list was ever complete. */
  listing: ListingFacts | null;
  /** Everybody of the tenant is compared, so accounts that nobody stands for can be counted. */
  isWhole: boolean;
  /** Accounts that operations of ours created or linked: they need no second linking. */
  linkedIds: ReadonlySet<string>;
  /** `kind resourceKey` of lines that another change holds already: they are not asked for again. */
  heldElsewhere: ReadonlySet<string>;
};

/** An operation of an earlier change, with members named by their resources. */
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
      /** A member that an operation was to create is named by it, with the resource it came to. */
      members: readonly { resourceId: string | null; operationId: string | null }[];
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
  | "other-tenant-address"
  | "may-enrol"
  | "new-group"
  | "restores"
  | "name-differs"
  /** The address of a standing account changes: what still uses the old one would make a second account. */
  | "address-changes"
  /** The user principal name is another address than the e-mail, and matching by it would find nobody. */
  | "principal-differs"
  /** KnowBe4 drops e-mail aliases once SCIM writes to an account (KnowBe4 SCIM Configuration Guide). */
  | "loses-aliases"
  | "protected-person"
  | "console-admin"
  /** A value was asked for that the tenant's policy protects, and was left out. */
  | "protected-attribute"
  /** A value was changed by others since, and was left as they set it. */
  | "changed-since";

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
  /** The operation that this one repeats. */
  retryOf?: string;
  /** Archived for being absent from a list, so a list that is short holds or refuses it. */
  isAbsence?: boolean;
};

/** An account that was found for somebody of the roster, to be remembered when the plan is applied. */
export type RosterLink = { userName: string; resourceId: string };

export type PlannedRun = {
  tenantId: string;
  /** Why nothing of this tenant can be applied, or null. */
  refusal: CatalogueCode | null;
  operations: PlannedOperation[];
  warnings?: PlanWarning[];
  links?: readonly RosterLink[];
};

/** Something about a tenant's share as a whole that no line says. */
export type PlanWarning = { tenantId: string; code: PlanWarningCode; count: number; of?: number };

/**
 * orphans: accounts that the roster does not know, left alone. seats: active people after the plan, of how many
 * seats. source-shrunk and source-incomplete: how many people the list named, of how many it stood for before.
 */
type PlanWarningCode = "orphans" | "seats" | "source-shrunk" | "source-incomplete";

export type Plan = { runs: PlannedRun[] };
